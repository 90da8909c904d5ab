// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;

import io.facegate.api.model.ModelKey;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code {"people":[{"id","name","encodings":[{"vector","model","weights","source"}]}]}} out of
 * JSON (RFC 8259), with {@code counter_examples} of the same form beside the encodings. Fields of
 * other names are passed over; id, model, weights and source may be missing, and a name comes
 * before its faces.
 */
final class PeopleJson {
    private static final int LONGEST_VECTOR = 4096;

    private final JsonReader json;
    private final ModelKey model;
    private final String source;
    private final ImportedPeople people = new ImportedPeople();

    private PeopleJson(JsonReader json, ModelKey model, String source) {
        this.json = json;
        this.model = model;
        this.source = source;
    }

    /**
     * @param model of encodings that name none
     * @param source of encodings that name none
     */
    static ImportedPeople read(InputStream in, ModelKey model, String source) throws IOException {
        JsonReader json =
                new JsonReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
        json.setStrictness(Strictness.STRICT);
        PeopleJson reading = new PeopleJson(json, model, source);
        try {
            reading.file();
        } catch (EOFException e) {
            throw reading.refused("the file ends in the middle: it is truncated");
        } catch (CharacterCodingException e) {
            throw reading.refused("text that is not UTF-8");
        } catch (MalformedJsonException e) {
            throw reading.refused("this is no JSON");
        } catch (IllegalStateException | NumberFormatException | JsonParseException e) {
            throw reading.refused("another kind of value is needed there");
        }
        return reading.people;
    }

    private void file() throws IOException {
        boolean found = false;
        json.beginObject();
        while (json.hasNext()) {
            if (json.nextName().equals("people")) {
                found = true;
                json.beginArray();
                while (json.hasNext()) {
                    person();
                }
                json.endArray();
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        // also finds what comes after the end
        if (json.peek() != JsonToken.END_DOCUMENT || !found) {
            throw refused("it has no \"people\"");
        }
    }

    private void person() throws IOException {
        Optional<UUID> id = Optional.empty();
        String name = null;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "id" -> id = id(json.nextString());
                case "name" -> {
                    name = text();
                    if (name.isBlank()) {
                        throw refused("an empty name is no name");
                    }
                }
                case "encodings" -> faces(name, id, people::encoding);
                case "counter_examples" -> faces(name, id, people::counterExample);
                default -> json.skipValue();
            }
        }
        json.endObject();
        if (name == null) {
            throw refused("a person without a name");
        }
        people.person(name, id);
    }

    /** What becomes of a face. */
    private interface Taker {
        void take(String name, ModelKey model, float[] vector, String source);
    }

    private void faces(String name, Optional<UUID> id, Taker taker) throws IOException {
        if (name == null) {
            throw refused("encodings before the name they belong to");
        }
        people.person(name, id);
        json.beginArray();
        while (json.hasNext()) {
            encoding(name, taker);
        }
        json.endArray();
    }

    private Optional<UUID> id(String text) throws RefusedFileException {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw refused("an id that is no UUID");
        }
    }

    private void encoding(String name, Taker taker) throws IOException {
        float[] vector = null;
        String id = null;
        String weights = null;
        String from = source;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "vector" -> vector = vector();
                case "model" -> id = text();
                case "weights" -> weights = text();
                case "source" -> from = text();
                default -> json.skipValue();
            }
        }
        json.endObject();
        if (vector == null) {
            throw refused("an encoding without a vector");
        }
        if ((id == null) != (weights == null)) {
            throw refused("model and weights belong together");
        }
        ModelKey key = id == null ? model : new ModelKey(id, weights);
        if (key.equals(GalleryImport.FACE_RECOGNITION)
                && vector.length != EncodingsPickle.DIMENSION) {
            throw refused("a vector of " + vector.length + " numbers, where 128 belong");
        }
        taker.take(name, key, vector, from);
    }

    private float[] vector() throws IOException {
        float[] vector = new float[EncodingsPickle.DIMENSION];
        int size = 0;
        json.beginArray();
        while (json.hasNext()) {
            if (json.peek() != JsonToken.NUMBER) {
                throw refused("a vector holds numbers only");
            }
            if (size == LONGEST_VECTOR) {
                throw refused("a vector of more than " + LONGEST_VECTOR + " numbers");
            }
            if (size == vector.length) {
                vector = Arrays.copyOf(vector, 2 * size);
            }
            vector[size] = (float) json.nextDouble();
            if (!Float.isFinite(vector[size++])) {
                throw refused("a number that is not finite");
            }
        }
        json.endArray();
        if (size == 0) {
            throw refused("an empty vector");
        }
        return Arrays.copyOf(vector, size);
    }

    private String text() throws IOException {
        if (json.peek() != JsonToken.STRING) {
            throw refused("text is needed there");
        }
        return json.nextString();
    }

    private RefusedFileException refused(String what) {
        return new RefusedFileException(
                what + " (at " + RefusedFileException.shown(json.getPath()) + ")");
    }
}
