// SPDX-License-Identifier: Apache-2.0
package io.facegate.matcher.internal;

import io.facegate.api.store.GalleryBlock;
import io.facegate.api.store.GallerySection;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * The copies made so far, kept as long as the blocks they were made of: what a snapshot shares with
 * the one before is not computed again. The memory is that of direct buffers, which the garbage
 * collector frees after the blocks, once a section is asked for again. Thread-safe; the first to
 * ask computes, others wait.
 */
final class QuantisedSections {
    private static final int ALIGNMENT = 64;

    private final Map<GallerySection, QuantisedSection> sections = new WeakHashMap<>();
    private final Map<GalleryBlock, ByteBuffer> blocks = new WeakHashMap<>();

    synchronized QuantisedSection of(GallerySection section) {
        // a weak map lets go of what was cleared only when it is used
        blocks.size();
        QuantisedSection known = sections.get(section);
        if (known != null) {
            return known;
        }
        List<ByteBuffer> copies = new ArrayList<>(section.blocks().size());
        for (GalleryBlock block : section.blocks()) {
            copies.add(blocks.computeIfAbsent(block, QuantisedSections::copy));
        }
        QuantisedSection quantised = new QuantisedSection(copies);
        sections.put(section, quantised);
        return quantised;
    }

    /** Forgets everything; what is in use elsewhere is freed after that. */
    synchronized void clear() {
        sections.clear();
        blocks.clear();
    }

    /** Memory of at least a size, at an address that is a multiple of 64. */
    static ByteBuffer aligned(int bytes) {
        // The slice ends at a multiple, too.
        int whole = Math.multiplyExact((bytes + ALIGNMENT - 1) / ALIGNMENT, ALIGNMENT);
        return ByteBuffer.allocateDirect(whole + ALIGNMENT).alignedSlice(ALIGNMENT);
    }

    private static ByteBuffer copy(GalleryBlock block) {
        ByteBuffer copy = aligned(Kernel.bytes(block.size(), block.dimension()));
        Kernel.quantise(block.vectors(), block.dimension(), Kernel.address(copy));
        return copy;
    }
}
