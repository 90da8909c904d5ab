// SPDX-License-Identifier: Apache-2.0
package io.facegate.sqlite;

import java.util.List;

/**
 * What a kind of file contains.
 *
 * @param applicationId {@code PRAGMA application_id}, tells the file from other SQLite files
 * @param migrations the statements that lead from each version to the next; a new file runs all of
 *     them. Never change one that was released: add the next
 * @param checked the tables checked while opening; the rest is left to {@link SqliteFile#check}
 */
public record SqliteSchema(int applicationId, List<List<String>> migrations, List<String> checked) {
    public SqliteSchema {
        migrations = List.copyOf(migrations);
        checked = List.copyOf(checked);
        if (applicationId == 0 || migrations.isEmpty()) {
            throw new IllegalArgumentException("a schema needs an id and a first version");
        }
    }

    /** The version this schema makes, {@code PRAGMA user_version}. */
    public int version() {
        return migrations.size();
    }
}
