// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import io.facegate.api.frame.Frame;
import io.facegate.api.picture.Label;
import io.facegate.api.picture.PictureFormat;
import io.facegate.api.picture.PictureWriter;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.RecognizedFace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes pictures with boxes and names as files: PNG for PNG, otherwise JPEG. */
final class AnnotatedFiles implements Annotations {
    private static final double JPEG_QUALITY = 0.92;

    private final PictureWriter writer;
    private final Path output;

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
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            Frame annotated = writer.annotate(result.frame(), labels(result));
            PictureFormat format =
                    ending(file).equals("png") ? PictureFormat.PNG : PictureFormat.JPEG;
            Files.write(file, writer.encode(annotated, format, JPEG_QUALITY));
        } catch (IOException e) {
            throw new IOException(file + ": cannot be written (" + e.getMessage() + ")", e);
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

    private static List<Label> labels(FrameResult result) {
        return result.faces().stream()
                .map(face -> new Label(face.detection().box(), text(face), face.match().known()))
                .toList();
    }

    private static String text(RecognizedFace face) {
        Match match = face.match();
        return match.name()
                .map(
                        name ->
                                match.distance().isPresent()
                                        ? String.format(
                                                Locale.ROOT,
                                                "%s %.2f",
                                                name,
                                                match.distance().getAsDouble())
                                        : name)
                .orElse("Unknown");
    }
}
