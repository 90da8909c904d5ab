// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.people;

import io.facegate.mqtt.commands.internal.request.ErrorCode;
import io.facegate.mqtt.commands.internal.request.RefusedException;

import java.util.Base64;

/** A picture out of a request, of which only the size was looked at (ITU-T T.81, annex B). */
final class Jpeg {
    /** Most pixels; what any camera of a Raspberry Pi or of most phones takes. */
    static final long MOST_PIXELS = 25_000_000;

    private static final int MARKER = 0xFF;
    private static final int START = 0xD8;
    private static final int START_OF_SCAN = 0xDA;

    private Jpeg() {}

    /**
     * The bytes of a picture that may be decoded.
     *
     * @param base64 RFC 4648, section 4, line feeds allowed
     * @throws RefusedException it is no JPEG, or larger than is taken
     */
    static byte[] of(String base64) throws RefusedException {
        byte[] file;
        try {
            file = Base64.getDecoder().decode(base64.replaceAll("[\\r\\n]", ""));
        } catch (IllegalArgumentException e) {
            throw refused("picture is no base64: " + e.getMessage());
        }
        long pixels = pixels(file);
        if (pixels > MOST_PIXELS) {
            throw refused(
                    "the picture has "
                            + pixels / 1_000_000
                            + " megapixels, at most "
                            + MOST_PIXELS / 1_000_000
                            + " are taken: make it smaller");
        }
        return file;
    }

    private static long pixels(byte[] file) throws RefusedException {
        if (file.length < 4 || at(file, 0) != MARKER || at(file, 1) != START) {
            throw refused("picture is a JPEG in base64, and this is none");
        }
        int i = 2;
        while (i + 9 < file.length && at(file, i) == MARKER) {
            int marker = at(file, i + 1);
            if (marker == MARKER) {
                i++; // fill bytes
            } else if (isFrame(marker)) {
                return (long) two(file, i + 5) * two(file, i + 7);
            } else if (marker == START_OF_SCAN) {
                break;
            } else {
                i += 2 + two(file, i + 2);
            }
        }
        throw refused("the picture is damaged: it does not tell its size");
    }

    /** Whether it is a start of frame, not a table between them. */
    private static boolean isFrame(int marker) {
        return marker >= 0xC0
                && marker <= 0xCF
                && marker != 0xC4
                && marker != 0xC8
                && marker != 0xCC;
    }

    private static int two(byte[] file, int i) {
        return at(file, i) << 8 | at(file, i + 1);
    }

    private static int at(byte[] file, int i) {
        return file[i] & 0xFF;
    }

    private static RefusedException refused(String message) {
        return new RefusedException(ErrorCode.BAD_PICTURE, message);
    }
}
