// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.StoreException;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An encoding ready to be kept, its chip already compressed. */
record EncodingRow(
        FaceDescriptor descriptor, String source, String contentHash, Optional<byte[]> png) {
    static EncodingRow of(NewEncoding encoding) throws StoreException {
        return new EncodingRow(
                encoding.descriptor(),
                encoding.source(),
                encoding.contentHash(),
                ChipPng.encode(encoding.chip()));
    }

    static List<EncodingRow> of(List<NewEncoding> encodings) throws StoreException {
        List<EncodingRow> rows = new ArrayList<>(encodings.size());
        for (NewEncoding encoding : encodings) {
            rows.add(of(encoding));
        }
        return rows;
    }

    /** The key of a descriptor's model, made when missing; refuses one of another length. */
    static long model(StoreSql sql, FaceDescriptor descriptor) throws SQLException, StoreException {
        Optional<Long> model = sql.model(descriptor.model(), descriptor.dimension());
        if (model.isEmpty()) {
            throw new StoreException(
                    "an encoding of "
                            + descriptor.dimension()
                            + " values does not fit the others"
                            + " of model "
                            + descriptor.model().id()
                            + ": encode the photos again");
        }
        return model.get();
    }
}
