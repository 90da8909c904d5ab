// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The chunks of a PNG file (PNG specification, section 5). */
final class PngStructure {
    private static final int SIGNATURE = 8;

    /** Length, type and check sum of a chunk. */
    private static final int FRAME = 12;

    private static final Set<String> OF_PIXELS = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

    private PngStructure() {}

    /**
     * The file without what it says besides its pixels. ImageIO unfolds compressed texts whole, and
     * a megabyte of them may become a gigabyte. Nothing is copied.
     */
    static InputStream pixels(byte[] file) {
        List<InputStream> parts = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(file);
        int from = 0;
        int at = SIGNATURE;
        while (at + FRAME <= file.length) {
            long end = at + FRAME + Integer.toUnsignedLong(bytes.getInt(at));
            if (end > file.length) {
                break;
            }
            String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
            if (!OF_PIXELS.contains(type)) {
                parts.add(new ByteArrayInputStream(file, from, at - from));
                from = (int) end;
            }
            at = (int) end;
        }
        parts.add(new ByteArrayInputStream(file, from, file.length - from));
        return new SequenceInputStream(Collections.enumeration(parts));
    }
}
