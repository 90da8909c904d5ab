// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import java.nio.file.Files;
import java.nio.file.Path;

/** Another process that deletes people, and overwrites what is left of them. */
final class ErasingProcess {
    private ErasingProcess() {}

    /**
     * @param args the store's file, a file of names
     */
    public static void main(String[] args) throws Exception {
        try (SqliteStore store = new SqliteStore(Path.of(args[0]))) {
            store.open();
            store.delete(Files.readAllLines(Path.of(args[1])));
            WorkingProcess.say(System.out, "deleted");
            WorkingProcess.say(System.out, "left: " + store.file().scrub());
            // until it is killed
            System.in.read();
        }
    }
}
