// SPDX-License-Identifier: Apache-2.0
package io.facegate.sqlite;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * The parts of a database's B-tree pages that hold nothing: the gap between the pointers and the
 * content of the cells, and the blocks of freed cells (sqlite.org/fileformat2.html#b_tree_pages).
 * SQLite overwrites what it deletes, but leaves copies in the gap when it moves cells to another
 * page. Free and overflow pages are not looked at: those it overwrites as a whole.
 *
 * <p>To be used while nobody writes to the file. Readers may go on: they never look there. Within a
 * sector only such bytes change, so that one written in part is as good as the old or the new one.
 */
final class UnusedSpace {
    /** Pages read at once where they follow each other. */
    private static final int RUN = 64;

    private static final int FILE_HEADER = 100;
    private static final int PAGE_SIZE_AT = 16;
    private static final int RESERVED_AT = 20;
    private static final int INDEX_INTERIOR = 2;
    private static final int TABLE_INTERIOR = 5;
    private static final int INDEX_LEAF = 10;
    private static final int TABLE_LEAF = 13;
    private static final int LARGEST_PAGE = 65_536;
    private static final int FREE_BLOCK_HEAD = 4;

    private final RandomAccessFile file;
    private final BooleanSupplier stopped;
    private final int pageSize;
    private final int usable;
    private final long pages;
    private final ByteBuffer zeros;
    private int overwritten;

    /** A page that is not what SQLite would write: nothing of it is touched. */
    static final class DamagedPageException extends IOException {
        private static final long serialVersionUID = 1L;

        DamagedPageException(long page, String what) {
            super("page " + page + " " + what);
        }
    }

    /**
     * @param stopped asked again and again whether to stop
     */
    UnusedSpace(RandomAccessFile file, BooleanSupplier stopped) throws IOException {
        this.file = file;
        this.stopped = stopped;
        ByteBuffer header = ByteBuffer.allocate(FILE_HEADER);
        file.seek(0);
        file.readFully(header.array());
        int size = header.getShort(PAGE_SIZE_AT) & 0xffff;
        pageSize = size == 1 ? LARGEST_PAGE : size;
        if (Integer.bitCount(pageSize) != 1) {
            throw new DamagedPageException(1, "tells an impossible size of pages");
        }
        usable = pageSize - (header.get(RESERVED_AT) & 0xff);
        pages = file.length() / pageSize;
        zeros = ByteBuffer.allocate(pageSize);
    }

    /**
     * Overwrites the unused parts of all pages below some roots with zeros; durable when it
     * returns.
     *
     * @return the number of pages in which something was
     * @throws DamagedPageException a page is damaged
     * @throws InterruptedIOException it was to stop
     */
    int overwrite(int... roots) throws IOException {
        int[] level = roots;
        long seen = 0;
        while (level.length > 0) {
            seen += level.length;
            if (seen > pages) {
                throw new DamagedPageException(level[0], "is reached by more ways than one");
            }
            Arrays.sort(level);
            level = below(level);
        }
        file.getFD().sync();
        return overwritten;
    }

    private int[] below(int[] level) throws IOException {
        IntStream.Builder children = IntStream.builder();
        byte[] run = new byte[RUN * pageSize];
        for (int i = 0; i < level.length; ) {
            if (stopped.getAsBoolean()) {
                throw new InterruptedIOException("it was to stop");
            }
            int count = 1;
            while (count < RUN
                    && i + count < level.length
                    && level[i + count] == level[i] + count) {
                count++;
            }
            read(level[i], count, run);
            for (int j = 0; j < count; j++) {
                new Page(level[i + j], ByteBuffer.wrap(run, j * pageSize, pageSize).slice())
                        .clear(children);
            }
            i += count;
        }
        return children.build().toArray();
    }

    private void read(int first, int count, byte[] into) throws IOException {
        if (first < 1 || first - 1L + count > pages) {
            throw new DamagedPageException(first, "is not in the file");
        }
        try {
            file.seek((first - 1L) * pageSize);
            file.readFully(into, 0, count * pageSize);
        } catch (EOFException e) {
            throw new DamagedPageException(first, "ends too early");
        }
    }

    /** One page of a B-tree. */
    private final class Page {
        private final int number;
        private final ByteBuffer bytes;
        private final int header;

        Page(int number, ByteBuffer bytes) {
            this.number = number;
            this.bytes = bytes;
            this.header = number == 1 ? FILE_HEADER : 0;
        }

        /** Overwrites what is unused; the pages below are added to {@code children}. */
        void clear(IntStream.Builder children) throws IOException {
            int type = bytes.get(header) & 0xff;
            boolean interior = type == INDEX_INTERIOR || type == TABLE_INTERIOR;
            if (!interior && type != INDEX_LEAF && type != TABLE_LEAF) {
                throw damaged("is none of a B-tree");
            }
            int cells = number(header + 3);
            int pointers = header + (interior ? 12 : 8);
            int gap = pointers + 2 * cells;
            int stored = number(header + 5);
            int content = stored == 0 ? LARGEST_PAGE : stored;
            if (gap > content || content > usable) {
                throw damaged("has pointers in its content");
            }
            for (int i = 0; i < cells; i++) {
                int cell = number(pointers + 2 * i);
                if (cell < content || cell > usable - FREE_BLOCK_HEAD) {
                    throw damaged("has a cell outside of its content");
                }
                if (interior) {
                    children.add(bytes.getInt(cell));
                }
            }
            if (interior) {
                children.add(bytes.getInt(header + 8));
            }
            boolean found = zero(gap, content);
            found |= clearFreeBlocks(content);
            overwritten += found ? 1 : 0;
        }

        private boolean clearFreeBlocks(int content) throws IOException {
            boolean found = false;
            int last = content - 1;
            for (int block = number(header + 1); block != 0; block = number(block)) {
                if (block <= last || block > usable - FREE_BLOCK_HEAD) {
                    throw damaged("has a free block outside of its content");
                }
                int size = number(block + 2);
                last = block + size - 1;
                if (size < FREE_BLOCK_HEAD || last >= usable) {
                    throw damaged("has a free block of an impossible size");
                }
                found |= zero(block + FREE_BLOCK_HEAD, block + size);
            }
            return found;
        }

        private boolean zero(int from, int to) throws IOException {
            int first = bytes.slice(from, to - from).mismatch(zeros.slice(0, to - from));
            if (first < 0) {
                return false;
            }
            file.seek((number - 1L) * pageSize + from + first);
            file.write(zeros.array(), 0, to - from - first);
            return true;
        }

        private int number(int at) {
            return bytes.getShort(at) & 0xffff;
        }

        private DamagedPageException damaged(String what) {
            return new DamagedPageException(number, what);
        }
    }
}
