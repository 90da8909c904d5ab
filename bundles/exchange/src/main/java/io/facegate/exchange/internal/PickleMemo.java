// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import java.util.HashMap;
import java.util.Map;

/** What a pickle remembers to refer back to. A place with a great number takes no more room. */
final class PickleMemo {
    private static final int ENTRY = 64;

    private final PickleMemory memory;
    private final Map<Long, Object> values = new HashMap<>();

    PickleMemo(PickleMemory memory) {
        this.memory = memory;
    }

    /** Each pickle refers to itself alone. */
    void clear() {
        values.clear();
    }

    long size() {
        return values.size();
    }

    void put(long place, Object value) throws RefusedFileException {
        memory.take(ENTRY + PickleMemory.slot(value));
        values.put(place, value);
    }

    Object get(long place) throws RefusedFileException {
        Object value = values.get(place);
        if (value == null) {
            throw new RefusedFileException("it refers back to " + place + ", which is not there");
        }
        return value;
    }
}
