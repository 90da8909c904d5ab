// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import io.facegate.api.frame.Frame;
import io.facegate.api.picture.PictureFormat;
import io.facegate.api.picture.PictureWriter;
import io.facegate.api.recognition.FrameResult;
import io.facegate.picture.label.FaceLabel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes pictures with boxes and names as files: PNG for PNG, otherwise JPEG. */
final class AnnotatedFiles implements Annotations {
    private static final double JPEG_QUALITY = 0.92;

    private final PictureWriter writer;
    private final Path output;
    private final Set<Path> written = new HashSet<>();

    /**
     * Writes nothing yet.
     *
     * @param output a file, when there is one picture and the name ends like one; otherwise a
     *     folder, made when missing
     */
    AnnotatedFiles(PictureWriter writer, Path output) {
        this.writer = writer;
        this.output = output;
    }

    @Override
    public void keep(Path picture, Path name, boolean only, FrameResult result) throws IOException {
        Path file = target(name, only);
        try {
            if (Files.exists(file) && Files.isSameFile(file, picture)) {
                throw new IOException("it is the picture itself; choose another --output");
            }
            if (!written.add(file)) {
                throw new IOException("another picture of this name was written there");
            }
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            Frame frame = result.frame();
            Frame annotated = writer.annotate(frame, FaceLabel.of(result, frame));
            PictureFormat format =
                    ending(file).equals("png") ? PictureFormat.PNG : PictureFormat.JPEG;
            write(file, writer.encode(annotated, format, JPEG_QUALITY));
        } catch (IOException e) {
            throw new IOException(file + ": cannot be written (" + e.getMessage() + ")", e);
        }
    }

    /** Whole or not at all. */
    private static void write(Path file, byte[] bytes) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.write(part, bytes);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Path target(Path name, boolean only) {
        if (only && !Files.isDirectory(output) && isWritten(output)) {
            return output;
        }
        Path file = output.resolve(name);
        return isWritten(file) ? file : file.resolveSibling(file.getFileName() + ".jpg");
    }

    private static boolean isWritten(Path file) {
        return List.of("png", "jpg", "jpeg").contains(ending(file));
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
