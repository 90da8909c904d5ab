// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import io.facegate.api.frame.CaptureTime;
import io.facegate.api.frame.Frame;
import io.facegate.api.picture.PictureException;
import io.facegate.api.picture.PictureReader;
import io.facegate.api.status.StaleServiceException;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Reads picture files with the JDK's ImageIO; WebP, HEIC and AVIF with FFmpeg. */
@Component(service = PictureReader.class)
public final class PictureFileReader implements PictureReader {
    private static final long MAX_BYTES = 500_000_000;
    private static final Set<String> ENDINGS =
            Set.of(
                    "jpg", "jpeg", "jpe", "jfif", "mpo", "png", "bmp", "dib", "gif", "tif", "tiff",
                    "webp", "heic", "heif", "hif", "avif");

    private volatile boolean stopped;

    @Activate
    public PictureFileReader() {}

    @Deactivate
    void stop() {
        stopped = true;
    }

    @Override
    public Frame read(Path file, boolean upright) throws PictureException {
        Frame frame = read(bytes(file), String.valueOf(file.getFileName()), upright);
        HeapRoom.OF_THIS_PROCESS.giveBack();
        return frame;
    }

    @Override
    public Frame read(byte[] file, String name, boolean upright) throws PictureException {
        try {
            RgbImage picture = new PictureDecoder(file, name).decode(upright);
            return Frame.rgb(
                            name,
                            0,
                            CaptureTime.now(),
                            picture.width(),
                            picture.height(),
                            picture.rgb())
                    .reducedFrom(picture.sourceWidth(), picture.sourceHeight());
        } catch (LinkageError e) {
            // A bundle that was updated loads no more of its classes.
            if (stopped) {
                throw new StaleServiceException("the picture bundle was updated");
            }
            throw e;
        }
    }

    @Override
    public boolean isPicture(Path file) {
        Path name = file.getFileName();
        if (name == null) {
            return false;
        }
        String text = name.toString();
        return text.lastIndexOf('.') > 0
                && !text.startsWith(".")
                && ENDINGS.contains(
                        text.substring(text.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    private static byte[] bytes(Path file) throws PictureException {
        try {
            if (Files.isDirectory(file)) {
                throw new PictureException(file + " is a folder: name a picture in it.");
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new PictureException(
                        file + " is a device or a pipe, no file: copy it to one.");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new PictureException(
                        file + " is too large for a picture: " + Files.size(file) + " bytes.");
            }
            return HeapRoom.OF_THIS_PROCESS.within(
                    Files.size(file),
                    () -> Files.readAllBytes(file),
                    () -> {
                        throw new PictureException(
                                ("%s is too large a file for the memory there is: %d MB. Save"
                                                + " it as JPEG, or give Java more with"
                                                + " FACEGATE_HEAP=512m.")
                                        .formatted(file, Files.size(file) >> 20));
                    });
        } catch (PictureException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new PictureException(file + " is not there: check the path.", e);
        } catch (AccessDeniedException e) {
            throw new PictureException(
                    file + " may not be read: allow it (chmod +r) or run as its owner.", e);
        } catch (IOException e) {
            throw new PictureException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
