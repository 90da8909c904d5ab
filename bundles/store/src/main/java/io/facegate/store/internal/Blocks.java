// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.store.GalleryBlock;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Puts encodings together into blocks. Blocks are taken over as they are where possible; two
 * neighbours that have room in one become one, so that deleting does not leave many small ones.
 */
final class Blocks {
    private final int dimension;
    private final List<GalleryBlock> blocks = new ArrayList<>();

    /** The rows at the end that are no block yet. */
    private float[] open = new float[0];

    private int openValues;

    Blocks(int dimension) {
        this.dimension = dimension;
    }

    /** A block as it is. */
    void add(GalleryBlock block) {
        if (openValues > 0 && openValues + block.vectors().length <= capacity()) {
            append(block.vectors(), 0, block.vectors().length);
            return;
        }
        close();
        int last = blocks.size() - 1;
        if (last >= 0 && blocks.get(last).size() + block.size() <= GalleryBlock.CAPACITY) {
            reopen();
            append(block.vectors(), 0, block.vectors().length);
        } else {
            blocks.add(block);
        }
    }

    /** Some rows of a block. */
    void add(GalleryBlock block, BitSet rows) {
        if (rows.cardinality() == block.size()) {
            add(block);
            return;
        }
        for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
            makeRoom();
            append(block.vectors(), row * dimension, dimension);
        }
    }

    void add(FaceDescriptor descriptor) {
        makeRoom();
        grow(dimension);
        descriptor.copyTo(open, openValues);
        openValues += dimension;
    }

    /** A row of values in little-endian order. */
    void add(byte[] vector) {
        makeRoom();
        grow(dimension);
        ByteBuffer.wrap(vector)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(open, openValues, dimension);
        openValues += dimension;
    }

    List<GalleryBlock> finished() {
        close();
        return blocks;
    }

    private int capacity() {
        return GalleryBlock.CAPACITY * dimension;
    }

    /** Room for one row more: in the open block, in the last one, or in a new one. */
    private void makeRoom() {
        if (openValues == capacity()) {
            close();
        } else if (openValues == 0
                && !blocks.isEmpty()
                && blocks.get(blocks.size() - 1).size() < GalleryBlock.CAPACITY) {
            reopen();
        }
    }

    private void reopen() {
        float[] last = blocks.remove(blocks.size() - 1).vectors();
        append(last, 0, last.length);
    }

    private void append(float[] values, int from, int count) {
        grow(count);
        System.arraycopy(values, from, open, openValues, count);
        openValues += count;
    }

    private void grow(int count) {
        if (openValues + count > open.length) {
            int wanted = Math.max(openValues + count, Math.min(2 * open.length, capacity()));
            open = Arrays.copyOf(open, wanted);
        }
    }

    private void close() {
        if (openValues > 0) {
            float[] rows = openValues == open.length ? open : Arrays.copyOf(open, openValues);
            blocks.add(new GalleryBlock(dimension, rows));
            open = new float[0];
            openValues = 0;
        }
    }
}
