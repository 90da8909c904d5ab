// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.erasure;

import java.util.List;

/**
 * Erasures that are not complete.
 *
 * @param receipts how far they have come, oldest first
 * @param damaged a line for each record that cannot be read: which, and what to do about it
 */
public record OpenErasures(List<ErasureReceipt> receipts, List<String> damaged) {
    /** Every erasure is complete. */
    public static final OpenErasures NONE = new OpenErasures(List.of(), List.of());

    public OpenErasures {
        receipts = List.copyOf(receipts);
        damaged = List.copyOf(damaged);
    }
}
