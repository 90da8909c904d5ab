// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.picture;

import io.facegate.api.frame.Frame;

import org.osgi.annotation.versioning.ProviderType;

import java.nio.file.Path;

/**
 * Decodes picture files to RGB exactly as Pillow's {@code Image.open(f).convert("RGB")} does for
 * JPEG and PNG: ICC profiles are ignored and alpha is dropped. EXIF orientation is applied only
 * when asked for (face_recognition does not apply it). Thread-safe; blocks while it reads and
 * decodes.
 */
@ProviderType
public interface PictureReader {
    /** Most pixels a picture may have; a larger one is refused before it is decoded. */
    long MAX_PIXELS = 220_000_000L;

    /** Most pixels of a picture that is read as it is; a larger one is scaled down. */
    long FULL_PIXELS = 3_400_000L;

    /** Pixels of a picture that was scaled down, at most. */
    long REDUCED_PIXELS = 2_400_000L;

    /**
     * Reads a picture file. Of an animated file the first frame is taken.
     *
     * @param file JPEG, PNG, BMP, GIF, TIFF, WebP, HEIC, AVIF
     * @param upright whether EXIF orientation is applied
     * @return the picture, {@code RGB24}, source id = file name, sequence 0
     * @throws PictureException not there, empty, not a picture, truncated, or too large
     */
    Frame read(Path file, boolean upright) throws PictureException;

    /** The same from memory; {@code name} is used as source id and in messages. */
    Frame read(byte[] file, String name, boolean upright) throws PictureException;

    /** Whether the name's ending is one this reader knows. */
    boolean isPicture(Path file);
}
