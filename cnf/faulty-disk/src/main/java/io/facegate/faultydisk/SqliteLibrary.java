// SPDX-License-Identifier: Apache-2.0
package io.facegate.faultydisk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * SQLite's native library, extracted once: sqlite-jdbc would extract it at each start of a process
 * and leave it behind at each kill.
 */
final class SqliteLibrary {
    private static final String NAME = "libsqlitejdbc.so";
    private static Path folder;

    private SqliteLibrary() {}

    /** Options of a Java process that tell sqlite-jdbc where it is; none without sqlite-jdbc. */
    static synchronized List<String> properties() throws IOException {
        if (folder == null) {
            String machine = System.getProperty("os.arch").replace("amd64", "x86_64");
            String resource = "/org/sqlite/native/Linux/" + machine + "/" + NAME;
            try (InputStream library = SqliteLibrary.class.getResourceAsStream(resource)) {
                if (library == null) {
                    return List.of();
                }
                Path made = Files.createTempDirectory("facegate-sqlite-");
                made.toFile().deleteOnExit();
                Files.copy(library, made.resolve(NAME));
                made.resolve(NAME).toFile().deleteOnExit();
                folder = made;
            }
        }
        return List.of("-Dorg.sqlite.lib.path=" + folder, "-Dorg.sqlite.lib.name=" + NAME);
    }
}
