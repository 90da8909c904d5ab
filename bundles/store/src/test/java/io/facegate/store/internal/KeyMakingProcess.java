// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/** Another process that makes a key file and says so in a file beside it. */
final class KeyMakingProcess {
    static final String KEY = "store.key";

    private KeyMakingProcess() {}

    /**
     * @param args the folder
     */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        try (OutputStream lines = new FileOutputStream(folder.resolve("progress").toFile())) {
            StoreKey.make(folder.resolve(KEY));
            WorkingProcess.say(lines, WorkingProcess.DONE);
        }
    }
}
