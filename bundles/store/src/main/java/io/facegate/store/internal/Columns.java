// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Values as they are written in columns: see {@link StoreSchema}. */
final class Columns {
    private static final int SQLITE_CORRUPT = 11;

    private Columns() {}

    static byte[] bytes(FaceDescriptor descriptor) {
        ByteBuffer bytes =
                ByteBuffer.allocate(descriptor.dimension() * Float.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(descriptor.toArray());
        return bytes.array();
    }

    static FaceDescriptor descriptor(long id, ModelKey model, byte[] bytes) throws SQLException {
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        try {
            return new FaceDescriptor(model, values);
        } catch (IllegalArgumentException e) {
            throw corrupt("encoding " + id + " is no descriptor: " + e.getMessage(), e);
        }
    }

    static SQLException damaged(long encoding, String what) {
        return corrupt("encoding " + encoding + " " + what, null);
    }

    /**
     * As SQLite tells of a file that is damaged.
     *
     * @param cause may be null
     */
    static SQLException corrupt(String what, Throwable cause) {
        return new SQLException(what, null, SQLITE_CORRUPT, cause);
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    static Instant time(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
    }
}
