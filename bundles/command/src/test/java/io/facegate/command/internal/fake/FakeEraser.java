// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.fake;

import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.erasure.Eraser;
import io.facegate.api.erasure.ErasureReceipt;
import io.facegate.api.erasure.OpenErasures;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.StoreException;

import java.time.Instant;
import java.util.List;

/** Deletes from a store and hands out receipts with the parts it was given. */
public final class FakeEraser implements Eraser {
    private final EncodingStore store;
    public List<ErasedPart> parts = List.of();
    public OpenErasures open = OpenErasures.NONE;

    public FakeEraser(EncodingStore store) {
        this.store = store;
    }

    @Override
    public OpenErasures open() {
        return open;
    }

    @Override
    public List<ErasureReceipt> erase(List<String> names) throws StoreException {
        return store.delete(names).stream()
                .map(person -> new ErasureReceipt(person, Instant.EPOCH, parts))
                .toList();
    }
}
