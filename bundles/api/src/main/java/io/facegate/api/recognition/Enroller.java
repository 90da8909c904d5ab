// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

import org.osgi.annotation.versioning.ProviderType;

import java.nio.file.Path;

/** Takes pictures of people into the gallery. Thread-safe; blocks. */
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
     * Reads a picture, encodes its face and adds it to a person. A picture whose bytes the person
     * already has an encoding of, by the model in use, is left as it is.
     *
     * @param name whom it shows
     * @param picture the file
     * @param source what is kept as its source, such as the path within the dataset
     * @param options how to look for the face; strategy and tolerance are not used
     * @throws EnrolmentException no face, unreadable, several faces, a part is missing, or the
     *     store refused: the message says which and what to do
     */
    Enrolment enrol(
            String name, Path picture, String source, RecognitionOptions options, Faces faces)
            throws EnrolmentException;
}
