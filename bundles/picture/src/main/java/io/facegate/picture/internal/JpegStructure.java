// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

/**
 * Facts from the markers of a JPEG file that ImageIO does not tell: it fills what a truncated file
 * lacks with gray and says nothing, where Pillow refuses the file.
 */
final class JpegStructure {
    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;

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
            at += 2 + ((file[at + 2] & 0xFF) << 8 | file[at + 3] & 0xFF);
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
