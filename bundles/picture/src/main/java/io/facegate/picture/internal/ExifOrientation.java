// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Finds EXIF's orientation (tag 274) in the file of a picture. */
final class ExifOrientation {
    private static final int TAG = 274;
    private static final String EXIF_HEADER = "Exif\0\0";

    private ExifOrientation() {}

    /** Orientation 1..8; 1 (upright) when the file does not say or says nonsense. */
    static int of(byte[] file, PictureType type) {
        try {
            ByteBuffer all = ByteBuffer.wrap(file);
            return switch (type) {
                case JPEG -> inJpeg(all);
                case PNG -> inChunks(all.position(8), "eXIf", 4, ByteOrder.BIG_ENDIAN);
                case WEBP -> inChunks(all.position(12), "EXIF", 0, ByteOrder.LITTLE_ENDIAN);
                case TIFF -> inTiff(all);
                default -> 1;
            };
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return 1;
        }
    }

    private static int inJpeg(ByteBuffer file) {
        file.position(2);
        while (file.remaining() > 4) {
            int marker = file.getShort() & 0xFFFF;
            if (marker == 0xFFDA || marker >> 8 != 0xFF) {
                return 1;
            }
            int length = (file.getShort() & 0xFFFF) - 2;
            ByteBuffer segment = file.slice().limit(length);
            if (marker == 0xFFE1 && startsWithHeader(segment)) {
                return inTiff(segment.position(EXIF_HEADER.length()).slice());
            }
            file.position(file.position() + length);
        }
        return 1;
    }

    /** Chunks of PNG (length, name, data, checksum) or RIFF (name, length, data, padding). */
    private static int inChunks(ByteBuffer file, String wanted, int checksum, ByteOrder order) {
        file.order(order);
        boolean png = checksum > 0;
        while (file.remaining() > 8) {
            int length = png ? file.getInt() : 0;
            byte[] name = new byte[4];
            file.get(name);
            length = png ? length : file.getInt();
            if (new String(name, StandardCharsets.ISO_8859_1).equals(wanted)) {
                ByteBuffer data = file.slice().limit(length);
                return inTiff(
                        startsWithHeader(data)
                                ? data.position(EXIF_HEADER.length()).slice()
                                : data.slice());
            }
            file.position(file.position() + length + (png ? checksum : length & 1));
        }
        return 1;
    }

    private static boolean startsWithHeader(ByteBuffer data) {
        byte[] header = EXIF_HEADER.getBytes(StandardCharsets.ISO_8859_1);
        return data.remaining() >= header.length
                && data.slice(data.position(), header.length).equals(ByteBuffer.wrap(header));
    }

    private static int inTiff(ByteBuffer tiff) {
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        tiff.position(tiff.getInt(4));
        int entries = tiff.getShort() & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            int tag = tiff.getShort() & 0xFFFF;
            int kind = tiff.getShort();
            tiff.getInt();
            int at = tiff.position();
            tiff.position(at + 4);
            if (tag == TAG) {
                int value = kind == 3 ? tiff.getShort(at) : tiff.getInt(at);
                return value >= 1 && value <= 8 ? value : 1;
            }
        }
        return 1;
    }
}
