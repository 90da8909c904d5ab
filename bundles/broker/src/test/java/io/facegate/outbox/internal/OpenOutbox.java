// SPDX-License-Identifier: Apache-2.0
package io.facegate.outbox.internal;

import io.facegate.api.outbox.Outbox;
import io.facegate.sqlite.SqliteFile;

import java.nio.file.Path;

/** The real outbox, without a framework. */
public final class OpenOutbox {
    private OpenOutbox() {}

    public static Outbox in(Path folder) {
        Path file = folder.resolve("outbox.db");
        SqliteOutbox outbox =
                new SqliteOutbox(file, () -> SqliteFile.open(file, OutboxSql.SCHEMA), 1_000_000);
        outbox.open();
        return outbox;
    }
}
