// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

import io.facegate.api.frame.Frame;

import org.osgi.annotation.versioning.ProviderType;

import java.nio.file.Path;

/**
 * Takes pictures of people into the gallery, in two steps: looking, which changes nothing and may
 * be done for several pictures at once, and accepting, which is durable when it returns and whose
 * order is the gallery's. Thread-safe; blocks.
 */
@ProviderType
public interface Enroller {
    /** Which faces of a picture with several are taken. */
    enum Faces {
        /** Every face, as the Python script does. */
        ALL,
        /** The largest. */
        LARGEST,
        /** None: the picture is refused. */
        REFUSE
    }

    /**
     * Reads a picture, finds its faces, encodes and measures them. A picture of the same content
     * from the same source, of which the person has an encoding by the model in use, is not even
     * decoded.
     *
     * @param name whom it shows
     * @param picture the file
     * @param source what is kept as its source, such as the path within the dataset
     * @param options how to look for the face; of the strategy and tolerance only the tolerance is
     *     used, for warnings
     * @throws EnrolmentException no face, unreadable, several faces, or a part is missing: the
     *     message says which and what to do
     */
    Examination examine(
            String name, Path picture, String source, RecognitionOptions options, Faces faces)
            throws EnrolmentException;

    /**
     * The same for a frame, of a camera for instance.
     *
     * @param source what is kept as its source, such as the camera and the time
     */
    Examination examine(
            String name, Frame frame, String source, RecognitionOptions options, Faces faces)
            throws EnrolmentException;

    /**
     * Compares what was found with the gallery as it is now and adds it there; the person is made
     * when missing.
     *
     * @param strict whether a picture with a warning is refused
     * @throws EnrolmentException there is a warning, or the store refused
     */
    Enrolment accept(Examination examination, boolean strict) throws EnrolmentException;

    /**
     * The same, in place of what the person has of another content from the same source, in one
     * step: for sources that name one picture, as a path does.
     */
    Enrolment replace(Examination examination, boolean strict) throws EnrolmentException;

    /** Looks at a picture and accepts it; see the two. */
    default Enrolment enrol(
            String name, Path picture, String source, RecognitionOptions options, Faces faces)
            throws EnrolmentException {
        return accept(examine(name, picture, source, options, faces), false);
    }
}
