// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import io.facegate.api.picture.PictureException;
import io.facegate.api.picture.PictureReader;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes the bytes of one picture file; every failure names the picture, why and what to do. */
final class PictureDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(PictureDecoder.class);

    /** Bytes the decoder of a progressive JPEG may take; those of a baseline one need none. */
    private static final long MAX_COEFFICIENTS = 400_000_000;

    private final byte[] file;
    private final String name;
    private final HeapRoom heap;

    PictureDecoder(byte[] file, String name) {
        this(file, name, HeapRoom.OF_THIS_PROCESS);
    }

    PictureDecoder(byte[] file, String name, HeapRoom heap) {
        this.file = file;
        this.name = name;
        this.heap = heap;
    }

    RgbImage decode(boolean upright) throws PictureException {
        if (file.length == 0) {
            throw new PictureException(name + " is empty (0 bytes): copy it again.");
        }
        PictureType type =
                PictureType.of(file)
                        .orElseThrow(
                                () ->
                                        new PictureException(
                                                name
                                                        + " is not a picture: JPEG, PNG, BMP, GIF,"
                                                        + " TIFF, WebP, HEIC and AVIF are read."));
        if (type == PictureType.BIG_TIFF) {
            throw unread("offsets of 64 bits (BigTIFF)", null);
        }
        try {
            return switch (type) {
                case WEBP -> webp(upright);
                case HEIF -> heif();
                default -> withImageIo(type, upright);
            };
        } catch (OutOfMemoryError e) {
            throw tooLittleMemory(e);
        }
    }

    private RgbImage upright(RgbImage picture, PictureType type, boolean wanted) {
        return wanted ? picture.oriented(ExifOrientation.of(file, type)) : picture;
    }

    private PictureException tooLittleMemory(Throwable cause) {
        return new PictureException(
                name
                        + " needs more memory than there is: make it smaller, or give Java more with"
                        + " FACEGATE_HEAP=512m.",
                cause);
    }

    /** Turned by its own rule, never by EXIF's. */
    private RgbImage heif() throws PictureException {
        try {
            return new HeifDecoder(file)
                    .<PictureException>decode(
                            (width, height, decoding) -> {
                                checkSize(width, height);
                                return withRoom(PixelSink.bytes(width, height), decoding::run);
                            });
        } catch (IOException e) {
            throw e instanceof PictureException known ? known : failed(e);
        } catch (LinkageError e) {
            throw withoutFfmpeg("HEIC or AVIF", e);
        }
    }

    private RgbImage webp(boolean upright) throws PictureException {
        int length = file.length < 12 ? 0 : little(4, 4) + 8;
        if (file.length < 30 || file.length < length) {
            throw truncated(null);
        }
        checkSize(webpWidth(), webpHeight());
        try {
            PacketDecoder.check(webpWidth(), webpHeight());
            return withRoom(
                    PixelSink.bytes(webpWidth(), webpHeight()),
                    () -> upright(WebpDecoder.decode(file), PictureType.WEBP, upright));
        } catch (PictureException e) {
            throw e;
        } catch (IOException e) {
            boolean animated = little(12, 4) == 0x58385056 && (file[20] & 2) != 0;
            throw animated && !(e instanceof UnreadFormException)
                    ? new PictureException(
                            name
                                    + " is an animated WebP, which is not read: save one picture of"
                                    + " it as JPEG or PNG.",
                            e)
                    : failed(e);
        } catch (LinkageError e) {
            throw withoutFfmpeg("WebP", e);
        }
    }

    private RgbImage withRoom(long bytes, HeapRoom.Work<RgbImage, IOException> work)
            throws IOException {
        return heap.within(
                bytes,
                work,
                () -> {
                    throw tooLittleMemory(null);
                });
    }

    private PictureException withoutFfmpeg(String format, LinkageError cause) {
        return new PictureException(
                ("%s is a %s picture, and the bundle io.facegate.bytedeco, which reads it, is missing:"
                                + " install it, or save the picture as JPEG.")
                        .formatted(name, format),
                cause);
    }

    /** VP8X, VP8L or VP8: sizes stand in different places. */
    private int webpWidth() {
        return switch (little(12, 4)) {
            case 0x58385056 -> 1 + little(24, 3);
            case 0x4C385056 -> 1 + (little(21, 4) & 0x3FFF);
            default -> little(26, 2) & 0x3FFF;
        };
    }

    private int webpHeight() {
        return switch (little(12, 4)) {
            case 0x58385056 -> 1 + little(27, 3);
            case 0x4C385056 -> 1 + (little(21, 4) >>> 14 & 0x3FFF);
            default -> little(28, 2) & 0x3FFF;
        };
    }

    private int little(int at, int bytes) {
        byte[] number = new byte[4];
        System.arraycopy(file, at, number, 0, bytes);
        return ByteBuffer.wrap(number).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    private RgbImage withImageIo(PictureType type, boolean upright) throws PictureException {
        if (type == PictureType.JPEG && !JpegStructure.isComplete(file)) {
            throw truncated(null);
        }
        ImageReader reader = reader(type);
        try (ImageInputStream in = input(type)) {
            reader.setInput(in, true, type == PictureType.JPEG);
            ImageIoPixels pixels = new ImageIoPixels(file, type, reader);
            checkSize(pixels.width(), pixels.height());
            Optional<RgbImage> jpeg = jpegByFfmpeg(type, pixels.width(), pixels.height());
            RgbImage picture =
                    jpeg.isPresent() ? jpeg.get() : withRoom(pixels.heapBytes(), pixels::read);
            return upright(picture, type, upright);
        } catch (PictureException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw failed(e);
        } finally {
            reader.dispose();
        }
    }

    /** Empty where it is none of the JPEGs that FFmpeg decodes here, or one it cannot. */
    private Optional<RgbImage> jpegByFfmpeg(PictureType type, int width, int height)
            throws IOException {
        boolean large = PixelSink.isLarge(width, height);
        if (type != PictureType.JPEG || !large && !JpegStructure.hasHalfOfChromaRows(file)) {
            return Optional.empty();
        }
        long coefficients = JpegStructure.coefficientBytes(file);
        if (coefficients > MAX_COEFFICIENTS) {
            throw new PictureException(
                    ("%s is a progressive JPEG of %d x %d pixels, which takes %d MB to decode, more"
                                    + " than is given to one picture: save it as a baseline JPEG.")
                            .formatted(name, width, height, coefficients >> 20));
        }
        try {
            return Optional.of(
                    withRoom(
                            PixelSink.bytes(width, height),
                            () ->
                                    large
                                            ? FfmpegJpeg.decode(file, width, height)
                                            : Jpeg440.decode(file)));
        } catch (PictureException e) {
            throw e;
        } catch (IOException | LinkageError e) {
            LOG.debug("{} is decoded by ImageIO", name, e);
            return Optional.empty();
        }
    }

    private ImageInputStream input(PictureType type) {
        return type == PictureType.PNG
                ? new MemoryCacheImageInputStream(PngStructure.pixels(file))
                : new BytesImageInput(file);
    }

    private static ImageReader reader(PictureType type) throws PictureException {
        Iterator<ImageReader> readers =
                ImageIO.getImageReadersByFormatName(type.name().toLowerCase(Locale.ROOT));
        if (!readers.hasNext()) {
            throw new PictureException("This Java reads no " + type + ": use Java 17 or newer.");
        }
        return readers.next();
    }

    private void checkSize(int width, int height) throws PictureException {
        if (width < 1 || height < 1) {
            throw new PictureException(name + " is damaged: it has no pixels.");
        }
        if ((long) width * height > PictureReader.MAX_PIXELS) {
            throw new PictureException(
                    "%s is too large: %d x %d pixels, at most %d million are read. Make it smaller."
                            .formatted(name, width, height, PictureReader.MAX_PIXELS / 1_000_000));
        }
    }

    private static boolean isAtEnd(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof java.io.EOFException) {
                return true;
            }
        }
        return false;
    }

    private PictureException truncated(Throwable cause) {
        return new PictureException(
                name + " is truncated: the file ends before the picture does. Copy it again.",
                cause);
    }

    private PictureException unread(String form, Throwable cause) {
        return new PictureException(
                "%s has %s: such pictures are not read. Save it as JPEG or PNG with 8 bits."
                        .formatted(name, form),
                cause);
    }

    /** What a sound file has that is not read; empty when it is another failure. */
    private static Optional<String> unreadForm(Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            String why = String.valueOf(t.getMessage());
            if (t instanceof UnreadFormException) {
                return Optional.of(why);
            }
            if (why.contains("nsupported") || why.contains("not supported")) {
                return Optional.of("a form this Java does not know (" + why + ")");
            }
        }
        return Optional.empty();
    }

    private PictureException failed(Throwable cause) {
        return isAtEnd(cause)
                ? truncated(cause)
                : unreadForm(cause)
                        .map(form -> unread(form, cause))
                        .orElseGet(() -> damaged(cause));
    }

    private PictureException damaged(Throwable cause) {
        String why = cause instanceof IOException ? cause.getMessage() : cause.toString();
        return new PictureException(
                name + " is damaged and cannot be read (" + why + "): copy it again.", cause);
    }
}
