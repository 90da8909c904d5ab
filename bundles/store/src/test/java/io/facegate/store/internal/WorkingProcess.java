// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.store.StoreException;
import io.facegate.api.store.UncertainChangeException;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

/**
 * Another process that changes a store at random, and says before each change what it is about to
 * do and after it that the store acknowledged it. It waits for a line of its standard input before
 * it opens the store.
 */
final class WorkingProcess {
    /** Begins the line that tells a change. */
    static final String INTENT = "? ";

    /** The change was acknowledged. */
    static final String DONE = "done";

    /** The store said that nothing was changed. */
    static final String REFUSED = "refused";

    /** The store said that the change may or may not be kept. */
    static final String UNCERTAIN = "uncertain";

    /** Nothing of an uncertain change is kept. */
    static final String SETTLED = "settled";

    /** Instead of a key file: does not wait for the disk. */
    static final String UNSAFE = "unsafe";

    private WorkingProcess() {}

    /**
     * @param args the store's file, the seed, the number of changes, the file for its lines ("-":
     *     standard output) and, for a store that does not wait for the disk, "unsafe", or else its
     *     key file
     */
    public static void main(String[] args) throws Exception {
        Path path = Path.of(args[0]);
        Random random = new Random(Long.parseLong(args[1]));
        int changes = Integer.parseInt(args[2]);
        System.out.println("ready");
        System.out.flush();
        if (System.in.read() < 0) {
            return;
        }
        boolean unsafe = args.length > 4 && UNSAFE.equals(args[4]);
        StoreFile file =
                new StoreFile(
                        path,
                        args.length > 4 && !unsafe
                                ? Optional.of(Path.of(args[4]))
                                : Optional.empty());
        try (OutputStream lines = "-".equals(args[3]) ? System.out : new FileOutputStream(args[3]);
                SqliteStore store = new SqliteStore(file)) {
            store.open();
            if (unsafe) {
                doNotWaitForTheDisk(file);
            }
            for (int i = 0; i < changes; i++) {
                StoreOperation operation = StoreOperation.any(random, store);
                say(lines, INTENT + operation.line());
                say(lines, result(operation, store, path.getParent().getParent()));
                if (random.nextInt(8) == 0) {
                    store.poll();
                }
            }
        }
    }

    /** Does a change; the line that tells what became of it. */
    static String result(StoreOperation operation, SqliteStore store, Path scratch)
            throws IOException {
        try {
            operation.on(store, scratch);
            return DONE;
        } catch (UncertainChangeException e) {
            return UNCERTAIN + " " + e.getMessage().replace('\n', ' ');
        } catch (StoreException e) {
            return REFUSED + " " + e.getMessage().replace('\n', ' ');
        }
    }

    private static void doNotWaitForTheDisk(StoreFile file) throws StoreException {
        file.read(
                sql -> {
                    // Not within a transaction.
                    sql.commit();
                    sql.plain("PRAGMA synchronous=OFF");
                    sql.beginReading();
                    return null;
                });
    }

    /** At once: a line in a pipe is whole or not there. */
    static void say(OutputStream lines, String line) throws IOException {
        lines.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        lines.flush();
    }
}
