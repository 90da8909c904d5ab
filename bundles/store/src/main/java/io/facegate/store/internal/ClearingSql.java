// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.model.ModelKey;
import io.facegate.api.store.ClearedEncodings;
import io.facegate.api.store.KeptEncodings;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statements that take all encodings of a model away; for one thread at a time. */
final class ClearingSql {
    private static final String HAS_ANOTHER = "EXISTS(SELECT 1 FROM $FACES d WHERE d.base = f.id)";

    /**
     * A face's first encoding carries its chip and what is known of it: it becomes what another
     * model made of the face. A sealed vector is bound to its kind, not to its row.
     */
    private static final String REPLACE =
            """
            UPDATE $FACES AS f SET (model, dimension, vector) =
                (SELECT d.model, d.dimension, d.vector FROM $FACES d
                    WHERE d.base = f.id ORDER BY d.id LIMIT 1)
            WHERE f.base IS NULL AND f.model = ? AND %s"""
                    .formatted(HAS_ANOTHER);

    /** What has become the first one is not kept twice. */
    private static final String REMOVE_REPLACING =
            """
            DELETE FROM $FACES WHERE base IS NOT NULL
                AND model = (SELECT f.model FROM $FACES f WHERE f.id = $FACES.base)""";

    private static final String REMOVE_LATER =
            "DELETE FROM $FACES WHERE base IS NOT NULL AND model = ?";

    private final Statements sql;

    ClearingSql(Statements sql) {
        this.sql = sql;
    }

    List<KeptEncodings> kept() throws SQLException {
        List<KeptEncodings> kept = new ArrayList<>();
        try (ResultSet row =
                sql.bound("SELECT seq, model_id, weights, dimension FROM models ORDER BY seq")
                        .executeQuery()) {
            while (row.next()) {
                long model = row.getLong(1);
                int count = 0;
                int only = 0;
                for (FaceTable table : FaceTable.values()) {
                    count += count(table, "SELECT count(*) FROM $FACES f WHERE f.model = ?", model);
                    only += only(table, model);
                }
                if (count > 0) {
                    kept.add(
                            new KeptEncodings(
                                    new ModelKey(row.getString(2), row.getString(3)),
                                    count,
                                    (long) count * row.getInt(4) * Float.BYTES,
                                    only));
                }
            }
        }
        return kept;
    }

    /** What is left of them in the file is not looked at here. */
    ClearedEncodings clear(ModelKey key) throws SQLException {
        Optional<Long> model =
                sql.number(
                        "SELECT seq FROM models WHERE model_id = ? AND weights = ?",
                        key.id(),
                        key.weights());
        if (model.isEmpty()) {
            return new ClearedEncodings(0, 0, "");
        }
        int removed = 0;
        int left = 0;
        for (FaceTable table : FaceTable.values()) {
            removed += sql.run(table.on(REMOVE_LATER), model.get());
            removed += sql.run(table.on(REPLACE), model.get());
            sql.run(table.on(REMOVE_REPLACING));
            left += only(table, model.get());
        }
        if (left == 0) {
            sql.run("DELETE FROM models WHERE seq = ?", model.get());
        }
        return new ClearedEncodings(removed, left, "");
    }

    private int only(FaceTable table, long model) throws SQLException {
        return count(
                table,
                "SELECT count(*) FROM $FACES f WHERE f.base IS NULL AND f.model = ? AND NOT "
                        + HAS_ANOTHER,
                model);
    }

    private int count(FaceTable table, String select, long model) throws SQLException {
        return (int) sql.number(table.on(select), model).orElse(0L).longValue();
    }
}
