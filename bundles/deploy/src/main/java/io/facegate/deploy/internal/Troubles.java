// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal;

import org.slf4j.LoggerFactory;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is wrong with which file or bundle; told once in the log. Thread-safe. */
final class Troubles {
    private final SortedMap<String, String> all =
            Collections.synchronizedSortedMap(new TreeMap<>());

    /**
     * @param what a file or a bundle
     * @param message goes on it: {@code is not signed. …}
     */
    void add(String what, String message) {
        if (!message.equals(all.put(what, message))) {
            // not kept in a field: SLF4J looks for its log when it is first asked, which may be
            // earlier than there is one
            LoggerFactory.getLogger(Troubles.class).warn("{} {}", what, message);
        }
    }

    void remove(String what) {
        all.remove(what);
    }

    boolean has(String what) {
        return all.containsKey(what);
    }

    Map<String, String> all() {
        synchronized (all) {
            return new TreeMap<>(all);
        }
    }
}
