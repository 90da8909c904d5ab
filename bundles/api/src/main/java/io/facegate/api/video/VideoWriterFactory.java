// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.video;

import org.osgi.annotation.versioning.ProviderType;

import java.nio.file.Path;
import java.util.List;

/** Begins video files. Thread-safe. */
@ProviderType
public interface VideoWriterFactory {
    /** Endings of the files it writes, lower case, without the dot. */
    List<String> endings();

    /** Whether the name's ending is one of {@link #endings()}, in any case. */
    boolean isVideo(Path file);

    /**
     * Begins a video. What is written is kept in a hidden file beside {@code file} until {@link
     * VideoWriter#finish()} puts it there; a video that is there stays until then. Folders that are
     * missing are made.
     *
     * @param file its ending says the container
     * @param width columns of the frames, at least 1; an odd one becomes even by a repeated column
     * @param height rows, in the same way
     * @param framesPerSecond what the source says it has, or 0; frames need not keep to it, but an
     *     AVI has no other times
     * @throws VideoException the ending is none of ours, the file cannot be made, or no encoder
     *     here takes this size
     */
    VideoWriter open(Path file, int width, int height, double framesPerSecond)
            throws VideoException;
}
