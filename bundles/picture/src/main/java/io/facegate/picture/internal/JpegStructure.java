// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

/**
 * Facts from the markers of a JPEG file that ImageIO does not tell: it fills what a truncated file
 * lacks with gray and says nothing, where Pillow refuses the file.
 */
final class JpegStructure {
    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int PROGRESSIVE = 0xC2;
    private static final int ADOBE = 0xEE;
    private static final int ADOBE_TRANSFORM = 15;

    private JpegStructure() {}

    /**
     * Whether the picture's end marker is there. In entropy-coded data 0xFF is followed by 0 or a
     * restart marker, so the first end marker behind a start of scan is the picture's own.
     */
    static boolean isComplete(byte[] file) {
        int at = find(file, true);
        if (at < 0) {
            return false;
        }
        for (int i = at; i + 1 < file.length; i++) {
            if ((file[i] & 0xFF) == 0xFF && (file[i + 1] & 0xFF) == END_OF_IMAGE) {
                return true;
            }
        }
        return false;
    }

    /** Colour components: 1, 3 or 4; 0 when the header is damaged. */
    static int components(byte[] file) {
        int at = find(file, false);
        return at < 0 || at + 9 >= file.length ? 0 : file[at + 9];
    }

    /**
     * Whether three components are luminance and chrominance (YCbCr), by libjpeg's rules: a JFIF
     * marker says so, else an Adobe marker tells, else components named R, G and B are colours.
     */
    static boolean isYcc(byte[] file) {
        if (components(file) != 3) {
            return false;
        }
        int frame = find(file, false);
        boolean namedRgb =
                file[frame + 10] == 'R' && file[frame + 13] == 'G' && file[frame + 16] == 'B';
        if (segment(file, 0xE0, "JFIF\0") >= 0) {
            return true;
        }
        int adobe = segment(file, ADOBE, "Adobe");
        return adobe >= 0 ? file[adobe + ADOBE_TRANSFORM] != 0 : !namedRgb;
    }

    /**
     * Whether four components are luminance, chrominance and black (YCCK), as Photoshop and
     * ImageMagick write them; only an Adobe marker says so.
     */
    static boolean isYcck(byte[] file) {
        int adobe = segment(file, ADOBE, "Adobe");
        return components(file) == 4 && adobe >= 0 && file[adobe + ADOBE_TRANSFORM] == 2;
    }

    /** Whether the chroma has all columns and half the rows (4:4:0). */
    static boolean hasHalfOfChromaRows(byte[] file) {
        int frame = find(file, false);
        return isYcc(file)
                && file[frame + 11] == 0x12
                && file[frame + 14] == 0x11
                && file[frame + 17] == 0x11;
    }

    /** Bytes of the coefficients of a progressive JPEG, all of which a decoder keeps; else 0. */
    static long coefficientBytes(byte[] file) {
        int frame = find(file, false);
        int components = components(file);
        if (frame < 0 || (file[frame + 1] & 0xFF) != PROGRESSIVE) {
            return 0;
        }
        long samples = 0;
        int most = 1;
        for (int i = 0; i < components && frame + 11 + 3 * i < file.length; i++) {
            int factors = file[frame + 11 + 3 * i];
            samples += (factors >> 4 & 15) * (factors & 15);
            most = Math.max(most, (factors >> 4 & 15) * (factors & 15));
        }
        return 2 * samples * word(file, frame + 5) * word(file, frame + 7) / most;
    }

    /** Offset of the last segment of a kind before the frame header; -1 when there is none. */
    private static int segment(byte[] file, int marker, String name) {
        int frame = find(file, false);
        int found = -1;
        for (int at = 2; at + 16 < frame; at += 2 + length(file, at)) {
            if ((file[at + 1] & 0xFF) == marker && starts(file, at + 4, name)) {
                found = at;
            }
        }
        return found;
    }

    private static int length(byte[] file, int at) {
        return word(file, at + 2);
    }

    private static int word(byte[] file, int at) {
        return (file[at] & 0xFF) << 8 | file[at + 1] & 0xFF;
    }

    private static boolean starts(byte[] file, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (file[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Offset of the first start of scan, or of the frame header; -1 when there is none. */
    private static int find(byte[] file, boolean scan) {
        int at = 2;
        while (at + 4 <= file.length) {
            if ((file[at] & 0xFF) != 0xFF) {
                return -1;
            }
            int marker = file[at + 1] & 0xFF;
            if (marker == 0xFF) {
                at++;
                continue;
            }
            if (scan ? marker == START_OF_SCAN : isFrameHeader(marker)) {
                return at;
            }
            at += 2 + length(file, at);
        }
        return -1;
    }

    private static boolean isFrameHeader(int marker) {
        return marker >= 0xC0
                && marker <= 0xCF
                && marker != 0xC4
                && marker != 0xC8
                && marker != 0xCC;
    }
}
