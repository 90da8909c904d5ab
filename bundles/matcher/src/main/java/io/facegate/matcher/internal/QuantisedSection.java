// SPDX-License-Identifier: Apache-2.0
package io.facegate.matcher.internal;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The copies of a section's blocks, in order. The addresses are good as long as this is reachable.
 */
final class QuantisedSection {
    private final List<ByteBuffer> copies;
    private final long[] addresses;

    QuantisedSection(List<ByteBuffer> copies) {
        this.copies = List.copyOf(copies);
        addresses = copies.stream().mapToLong(Kernel::address).toArray();
    }

    /** For {@link Kernel#lowerBounds}. */
    long[] addresses() {
        return addresses;
    }

    /** Memory of the copies, in bytes. */
    long bytes() {
        return copies.stream().mapToLong(ByteBuffer::capacity).sum();
    }
}
