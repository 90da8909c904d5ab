// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import io.facegate.api.model.ModelKey;
import io.facegate.exchange.internal.PickleValues.Items;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Encodings and names out of a pickle, in one of the forms of {@link PickleForms}. */
final class EncodingsPickle {
    /** Values of an encoding of face_recognition. */
    static final int DIMENSION = 128;

    /**
     * A value takes two bytes of a file at least, unless parts of it are referred to many times: a
     * small file shall not become a large gallery.
     */
    private static final int LEAST_BYTES = 2 * DIMENSION;

    private static final int MANY = 1000;

    /** Lists of one thing each around a vector. */
    private static final int WRAPPINGS = 3;

    private EncodingsPickle() {}

    static ImportedPeople read(InputStream in, long memory, ModelKey model, String source)
            throws IOException {
        PickleReader reader = new PickleReader(in, memory);
        Object value = reader.read();
        long most = Math.max(MANY, reader.position() / LEAST_BYTES);
        // the pickle is in memory until all are there
        PickledFaces faces = new PickledFaces(most, new PickleMemory(memory));
        new PickleForms(faces).read(value);
        List<String> names = PictureNames.of(faces);
        ImportedPeople people = new ImportedPeople();
        for (int i = 0; i < names.size(); i++) {
            people.person(names.get(i), Optional.empty());
            people.encoding(names.get(i), model, faces.get(i).vector(), source);
        }
        return people;
    }

    /** Whether it looks like one encoding: so many things, the first of which is a number. */
    static boolean isVector(Object value) throws RefusedFileException {
        Items items = unwrapped(value);
        if (items == null || items.size() != DIMENSION) {
            return false;
        }
        Object first = items.get(0);
        return first instanceof PickleLongDouble.Scalar || number(first) != null;
    }

    /**
     * The numbers of an encoding.
     *
     * @param place how messages call it
     */
    static float[] vector(Object value, String place) throws RefusedFileException {
        Items items = unwrapped(value);
        if (items == null || items.size() != DIMENSION) {
            throw new RefusedFileException(
                    place
                            + " is "
                            + PickleValues.type(value)
                            + ", where "
                            + DIMENSION
                            + " numbers belong");
        }
        for (int i = 0; i < DIMENSION; i++) {
            if (items.get(i) instanceof PickleLongDouble.Scalar) {
                items = PickleLongDouble.resolved(items);
            }
        }
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            Double number = number(items.get(i));
            vector[i] = number == null ? Float.NaN : number.floatValue();
            if (!Float.isFinite(vector[i])) {
                throw new RefusedFileException(place + "[" + i + "] is not a finite number");
            }
        }
        return vector;
    }

    /** face_encodings() gives a list, also of a single face, and some scripts keep that. */
    private static Items unwrapped(Object value) throws RefusedFileException {
        Items items = PickleValues.items(value);
        for (int i = 0; i < WRAPPINGS && items != null && items.size() == 1; i++) {
            items = PickleValues.items(items.get(0));
        }
        return items;
    }

    /** A number, also alone in a row; null when it is something else. */
    private static Double number(Object value) throws RefusedFileException {
        Items row = PickleValues.items(value);
        Object bare = PickleValues.bare(row != null && row.size() == 1 ? row.get(0) : value);
        if (bare instanceof Double number) {
            return number;
        }
        return bare instanceof Long number ? number.doubleValue() : null;
    }
}
