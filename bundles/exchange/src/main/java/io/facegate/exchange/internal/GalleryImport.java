// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import io.facegate.api.exchange.ExchangeException;
import io.facegate.api.exchange.ExchangeFormat;
import io.facegate.api.exchange.ImportReport;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.Addition;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.UncertainChangeException;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads a file of people whole, then hands it to the store in one step. */
final class GalleryImport {
    /** What face_recognition 1.3.0 makes encodings with. */
    static final ModelKey FACE_RECOGNITION =
            new ModelKey(
                    "dlib-resnet-v1",
                    "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30");

    private static final int HEAD = 16;

    private final EncodingStore store;
    private final long memory;

    /**
     * @param memory bytes that reading may take
     */
    GalleryImport(EncodingStore store, long memory) {
        this.store = store;
        this.memory = memory;
    }

    ImportReport read(InputStream stream, String name, Optional<ModelKey> model)
            throws ExchangeException {
        ModelKey key = model.orElse(FACE_RECOGNITION);
        String source = "import:" + name;
        try {
            BufferedInputStream in = new BufferedInputStream(stream);
            in.mark(HEAD);
            byte[] head = in.readNBytes(HEAD);
            in.reset();
            ExchangeFormat format = format(head);
            ImportedPeople people =
                    format == ExchangeFormat.PICKLE
                            ? EncodingsPickle.read(in, memory, key, source)
                            : PeopleJson.read(new BoundedInput(in, memory), key, source);
            return new ImportReport(format, added(people));
        } catch (UncertainChangeException e) {
            throw new ExchangeException(name + ": " + e.getMessage(), e);
        } catch (StoreException e) {
            throw new ExchangeException(name + ": nothing was taken in: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ExchangeException(name + " is refused: " + e.getMessage(), e);
        }
    }

    private Addition added(ImportedPeople people) throws StoreException {
        return store.addAll(people.people());
    }

    /**
     * By the first bytes; those of protocol 0 and 1 begin with the opcode of a dict, list or tuple.
     */
    private static ExchangeFormat format(byte[] head) throws IOException {
        if (head.length == 0) {
            throw new RefusedFileException("it is empty");
        }
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.startsWith("FACEGATE-BACKUP")) {
            throw new RefusedFileException("it is a backup: facegate restore takes it in");
        }
        if (head[0] == (byte) 0x80 || "(}]c".indexOf(head[0]) >= 0) {
            return ExchangeFormat.PICKLE;
        }
        if (text.stripLeading().startsWith("{")) {
            return ExchangeFormat.JSON;
        }
        throw new RefusedFileException("it is neither a Python pickle nor a JSON object");
    }
}
