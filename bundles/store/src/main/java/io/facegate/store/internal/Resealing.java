// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.store.StoreException;
import io.facegate.store.internal.Sealing.Content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Writes every vector and chip of a file anew under another key, within one transaction. */
final class Resealing {
    /** Rows at a time: some megabytes of chips. */
    private static final int BATCH = 64;

    private final Statements sql;
    private final Sealing from;
    private final Sealing to;

    Resealing(Statements sql, Sealing from, Sealing to) {
        this.sql = sql;
        this.from = from;
        this.to = to;
    }

    private record Value(long row, byte[] bytes) {}

    void run() throws SQLException, StoreException {
        for (FaceTable table : FaceTable.values()) {
            column(table.faces, "id", "vector", table.vector);
            column(table.chips, table.chipOf, "png", table.chip);
        }
    }

    private void column(String table, String key, String value, Content content)
            throws SQLException, StoreException {
        String select =
                "SELECT %s, %s FROM %s WHERE %s > ? ORDER BY %s LIMIT %d"
                        .formatted(key, value, table, key, key, BATCH);
        String update = "UPDATE %s SET %s = ? WHERE %s = ?".formatted(table, value, key);
        long last = Long.MIN_VALUE;
        while (true) {
            // Read before they are written: a query is not to meet its own changes.
            List<Value> batch = batch(select, last);
            if (batch.isEmpty()) {
                return;
            }
            for (Value one : batch) {
                byte[] clear = from.open(content, one.bytes(), one.row());
                sql.run(update, to.seal(content, clear), one.row());
                last = one.row();
            }
        }
    }

    private List<Value> batch(String select, long after) throws SQLException {
        List<Value> batch = new ArrayList<>(BATCH);
        try (ResultSet row = sql.bound(select, after).executeQuery()) {
            while (row.next()) {
                batch.add(new Value(row.getLong(1), row.getBytes(2)));
            }
        }
        return batch;
    }
}
