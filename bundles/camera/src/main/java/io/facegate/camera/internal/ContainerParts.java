// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

/**
 * Whether the last part of a container file is all there. Containers are made of parts that begin
 * with their size (boxes, elements, chunks, tags, pages); a part that goes on behind the end of its
 * file was cut off. How many frames a file says it has is no such proof: trimmed files and those
 * with gaps hold fewer.
 */
final class ContainerParts {
    /** Enough for the beginning of any part. */
    private static final int HEAD = 1100;

    private static final Set<String> BOXES =
            Set.of(
                    "ftyp", "styp", "moov", "moof", "mdat", "mfra", "sidx", "ssix", "prft", "emsg",
                    "free", "skip", "uuid");
    private static final int RIFF = 0x52494646;
    private static final int OGGS = 0x4F676753;
    private static final int SEGMENT = 0x18538067;
    private static final int CLUSTER = 0x1F43B675;
    private static final Set<Integer> ELEMENTS =
            Set.of(
                    0x1A45DFA3,
                    SEGMENT,
                    0x114D9B74,
                    0x1549A966,
                    0x1654AE6B,
                    0x1C53BB6B,
                    0x1254C367,
                    0x1043A770,
                    0x1941A469,
                    CLUSTER,
                    0xE7,
                    0xA3,
                    0xA0,
                    0xA7,
                    0xAB,
                    0xAF,
                    0x5854,
                    0xEC,
                    0xBF);
    private static final long ASF_HEADER = 0x3026B2758E66CF11L;
    private static final long ASF_DATA = 0x3626B2758E66CF11L;
    private static final int[] TRANSPORT_PACKETS = {188, 192, 204};
    private static final byte SYNC = 0x47;

    /** The size of the part that begins with these bytes; 0 when nothing more can be said. */
    private interface Part {
        long size(ByteBuffer head);
    }

    private ContainerParts() {}

    /**
     * @param format FFmpeg's name of the container
     * @return false also where the container does not tell
     */
    static boolean cutOff(Path file, String format) throws IOException {
        try (FileChannel in = FileChannel.open(file)) {
            return switch (format.split(",")[0]) {
                case "mov" -> goesOn(in, new Boxes());
                case "matroska" -> goesOn(in, ContainerParts::element);
                case "avi" -> goesOn(in, ContainerParts::riff, 9);
                case "asf" -> goesOn(in, ContainerParts::object);
                case "flv" -> goesOn(in, new Tags(in.size()));
                case "ogg" -> goesOn(in, ContainerParts::page);
                case "mpeg" -> goesOn(in, ContainerParts::pack);
                case "mpegts" -> endsInPacket(in);
                default -> false;
            };
        }
    }

    private static boolean goesOn(FileChannel in, Part part) throws IOException {
        return goesOn(in, part, 0);
    }

    /** Parts may go on for some bytes behind the end. */
    private static boolean goesOn(FileChannel in, Part part, int slack) throws IOException {
        long length = in.size();
        long at = 0;
        while (at < length) {
            long size;
            try {
                size = part.size(head(in, at));
            } catch (BufferUnderflowException e) {
                return true;
            }
            if (size <= 0) {
                return false;
            }
            at += size;
        }
        return at > length + slack;
    }

    private static ByteBuffer head(FileChannel in, long at) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        while (head.hasRemaining() && in.read(head, at + head.position()) > 0) {}
        return head.flip();
    }

    /**
     * Boxes of ISO/IEC 14496-12. Without fragments the index says all; a size that is wrong while
     * all frames are there does no harm.
     */
    private static final class Boxes implements Part {
        private boolean fragmented;

        @Override
        public long size(ByteBuffer head) {
            long size = Integer.toUnsignedLong(head.getInt());
            byte[] letters = new byte[4];
            head.get(letters);
            String type = new String(letters, StandardCharsets.ISO_8859_1);
            fragmented |= type.equals("moof");
            if (!BOXES.contains(type) || type.equals("mdat") && !fragmented) {
                return 0;
            }
            return size == 1 ? head.getLong() : size;
        }
    }

    /** EBML (RFC 8794) as in Matroska (RFC 9559). */
    private static long element(ByteBuffer head) {
        int first = head.get() & 0xFF;
        int id = first;
        for (int bit = 0x80; (first & bit) == 0; bit >>= 1) {
            if (bit == 0x10) {
                return 0;
            }
            id = id << 8 | head.get() & 0xFF;
        }
        int marked = head.get() & 0xFF;
        if (marked == 0 || !ELEMENTS.contains(id)) {
            return 0;
        }
        int more = Integer.numberOfLeadingZeros(marked) - 24;
        long size = marked & 0x7F >> more;
        long unknown = 0x7F >> more;
        for (int i = 0; i < more; i++) {
            size = size << 8 | head.get() & 0xFF;
            unknown = unknown << 8 | 0xFF;
        }
        boolean open = size == unknown && (id == SEGMENT || id == CLUSTER);
        return open ? head.position() : head.position() + size;
    }

    /**
     * A list of AVI; its size is 0 while it is written. Some writers count its own head of 8 bytes
     * in, or padding that they do not write.
     */
    private static long riff(ByteBuffer head) {
        int id = head.getInt();
        long size = Integer.toUnsignedLong(head.order(ByteOrder.LITTLE_ENDIAN).getInt());
        return id != RIFF || size == 0 ? 0 : 8 + size;
    }

    /** An object of ASF: a GUID and a size. */
    private static long object(ByteBuffer head) {
        long guid = head.getLong();
        head.getLong();
        boolean known = guid == ASF_HEADER || guid == ASF_DATA;
        return known ? head.order(ByteOrder.LITTLE_ENDIAN).getLong() : 0;
    }

    /** Tags of FLV, each behind the size of the one before it. */
    private static final class Tags implements Part {
        private final long length;
        private long at;

        Tags(long length) {
            this.length = length;
        }

        @Override
        public long size(ByteBuffer head) {
            long size;
            if (at == 0) {
                size = head.getInt(5);
            } else if (at + 4 == length) {
                size = 4;
            } else {
                head.getInt();
                int type = head.get() & 0x1F;
                boolean known = type == 8 || type == 9 || type == 18;
                size = known ? 4 + 11 + (head.getInt() >>> 8) : 0;
            }
            at += size;
            return size;
        }
    }

    /** A page of Ogg (RFC 3533). */
    private static long page(ByteBuffer head) {
        if (head.getInt() != OGGS) {
            return 0;
        }
        int segments = head.position(26).get() & 0xFF;
        long size = 27 + segments;
        for (int i = 0; i < segments; i++) {
            size += head.get() & 0xFF;
        }
        return size;
    }

    /** A pack or packet of an MPEG program stream (ISO/IEC 13818-1, 2.5.3). */
    private static long pack(ByteBuffer head) {
        int code = head.getInt();
        if (code >>> 8 != 1) {
            return 0;
        }
        return switch (code & 0xFF) {
            case 0xB9 -> 4;
            case 0xBA -> (head.get() & 0xC0) == 0x40 ? 14 + (head.get(13) & 7) : 12;
            default -> 6 + (head.getShort() & 0xFFFF);
        };
    }

    /** Packets of a transport stream have no size of their own: all have the same. */
    private static boolean endsInPacket(FileChannel in) throws IOException {
        ByteBuffer head = head(in, 0);
        for (int start = 0; start < TRANSPORT_PACKETS[2]; start++) {
            for (int size : TRANSPORT_PACKETS) {
                if (inSync(head, start, size)) {
                    long rest = (in.size() - start) % size;
                    boolean whole = rest == 0 || rest == TRANSPORT_PACKETS[0];
                    return !whole && head(in, in.size() - rest).get() == SYNC;
                }
            }
        }
        return false;
    }

    private static boolean inSync(ByteBuffer head, int start, int size) {
        for (int at = start; at < start + 4 * size; at += size) {
            if (at >= head.limit() || head.get(at) != SYNC) {
                return false;
            }
        }
        return true;
    }
}
