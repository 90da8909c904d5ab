// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import io.facegate.api.model.ModelKey;
import io.facegate.exchange.internal.PickleValues.Dict;
import io.facegate.exchange.internal.PickleValues.Sequence;
import io.facegate.exchange.internal.PickleValues.Tuple;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** {@code {"encodings": [...], "names": [...]}} out of a pickle. */
final class EncodingsPickle {
    /** Values of an encoding of face_recognition. */
    static final int DIMENSION = 128;

    /**
     * A value takes two bytes of a file at least, unless parts of it are referred to many times: a
     * small file shall not become a large gallery.
     */
    private static final int LEAST_BYTES = 2 * DIMENSION;

    private static final int MANY = 1000;

    private EncodingsPickle() {}

    static ImportedPeople read(InputStream in, long memory, ModelKey model, String source)
            throws IOException {
        PickleReader reader = new PickleReader(in, memory);
        if (!(reader.read() instanceof Dict dict)) {
            throw new RefusedFileException("it holds no dict with \"encodings\" and \"names\"");
        }
        Object encodings = part(dict, "encodings");
        Object names = part(dict, "names");
        int size = size(encodings, "encodings");
        if (size != size(names, "names")) {
            throw new RefusedFileException(
                    "it has " + size + " encodings and " + size(names, "names") + " names");
        }
        if (size > MANY && size > reader.position() / LEAST_BYTES) {
            throw new RefusedFileException(
                    "its " + size + " encodings do not fit into " + reader.position() + " bytes");
        }
        ImportedPeople people = new ImportedPeople();
        for (int i = 0; i < size; i++) {
            String name = PickleValues.text(item(names, i));
            if (name == null || name.isBlank()) {
                throw new RefusedFileException(
                        "names["
                                + i
                                + "] is "
                                + (name == null ? PickleValues.type(item(names, i)) : "empty")
                                + ", where a name belongs");
            }
            people.person(name, Optional.empty());
            people.encoding(name, model, vector(encodings, i), source);
        }
        return people;
    }

    private static Object part(Dict dict, String key) throws RefusedFileException {
        Object value = dict.items.get(key);
        if (value == null) {
            throw new RefusedFileException("its dict has no \"" + key + "\"");
        }
        return value;
    }

    private static int size(Object list, String what) throws RefusedFileException {
        if (list instanceof Sequence sequence) {
            return sequence.size();
        }
        if (list instanceof Tuple tuple) {
            return tuple.items().length;
        }
        if (list instanceof PickleArray array && array.is(2)) {
            return array.size(0);
        }
        throw new RefusedFileException(
                "its \"" + what + "\" are " + PickleValues.type(list) + ", where a list belongs");
    }

    private static Object item(Object list, int index) {
        return list instanceof Sequence sequence
                ? sequence.get(index)
                : list instanceof Tuple tuple ? tuple.items()[index] : list;
    }

    private static float[] vector(Object encodings, int index) throws RefusedFileException {
        Object item = item(encodings, index);
        boolean rows = encodings instanceof PickleArray;
        int length =
                item instanceof PickleArray array && (rows || array.is(1))
                        ? array.size(rows ? 1 : 0)
                        : item instanceof Sequence || item instanceof Tuple ? size(item, "") : -1;
        if (length != DIMENSION) {
            throw new RefusedFileException(
                    "encodings["
                            + index
                            + "] is "
                            + (rows ? "a row of " + length : PickleValues.type(item))
                            + ", where "
                            + DIMENSION
                            + " numbers belong");
        }
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            double value = Double.NaN;
            if (item instanceof PickleArray array) {
                value = array.at(rows ? index : 0, i);
            } else if (item(item, i) instanceof Double number) {
                value = number;
            } else if (item(item, i) instanceof Long number) {
                value = number;
            }
            vector[i] = (float) value;
            if (!Float.isFinite(vector[i])) {
                throw new RefusedFileException(
                        "encodings[" + index + "][" + i + "] is not a finite number");
            }
        }
        return vector;
    }
}
