// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import com.google.gson.stream.JsonWriter;

import io.facegate.api.exchange.ExchangeFormat;
import io.facegate.api.exchange.ExportReport;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.CounterExamples;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoredEncoding;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes people person by person, so that memory does not grow with the gallery. */
final class GalleryExport {
    private final EncodingStore store;
    private final Optional<CounterExamples> counterExamples;
    private final Optional<ModelKey> model;
    private int people;
    private int encodings;
    private int leftOut;

    /**
     * @param counterExamples where those of the people are; empty when nowhere
     */
    GalleryExport(
            EncodingStore store,
            Optional<CounterExamples> counterExamples,
            ExchangeFormat format,
            Optional<ModelKey> model) {
        this.store = store;
        this.counterExamples = counterExamples;
        this.model =
                format == ExchangeFormat.PICKLE
                        ? Optional.of(model.orElse(GalleryImport.FACE_RECOGNITION))
                        : model;
    }

    ExportReport write(OutputStream out, ExchangeFormat format) throws IOException {
        if (format == ExchangeFormat.PICKLE) {
            pickle(out);
        } else {
            json(out);
        }
        return new ExportReport(people, encodings, leftOut);
    }

    private void pickle(OutputStream stream) throws IOException {
        OutputStream out = new BufferedOutputStream(stream, 1 << 16);
        PickleWriter pickle = new PickleWriter(out);
        pickle.begin(EncodingsPickle.DIMENSION);
        List<String> names = new ArrayList<>();
        for (Person person : store.gallery().people()) {
            for (StoredEncoding encoding : chosen(person)) {
                float[] vector = encoding.descriptor().toArray();
                if (vector.length != EncodingsPickle.DIMENSION) {
                    throw new IOException(
                            "a pickle for face_recognition has encodings of 128 numbers, those of "
                                    + encoding.descriptor().model().id()
                                    + " have "
                                    + vector.length);
                }
                pickle.encoding(vector);
                names.add(person.name());
            }
        }
        pickle.beginNames();
        for (String name : names) {
            pickle.name(name);
        }
        pickle.end();
    }

    private void json(OutputStream out) throws IOException {
        JsonWriter json =
                new JsonWriter(
                        new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)));
        json.setHtmlSafe(false);
        json.beginObject().name("people").beginArray();
        for (Person person : store.gallery().people()) {
            json.beginObject();
            json.name("id").value(person.id().toString());
            json.name("name").value(person.name());
            json.name("encodings").beginArray();
            for (StoredEncoding encoding : chosen(person)) {
                encoding(json, encoding);
            }
            json.endArray();
            counterExamples(json, person);
            json.endObject();
        }
        json.endArray().endObject();
        json.flush();
    }

    /** Left out where there are none. */
    private void counterExamples(JsonWriter json, Person person) throws IOException {
        if (counterExamples.isEmpty()) {
            return;
        }
        List<StoredEncoding> faces =
                counterExamples.get().counterExamples(person.id()).stream()
                        .filter(this::wanted)
                        .toList();
        if (!faces.isEmpty()) {
            json.name("counter_examples").beginArray();
            for (StoredEncoding face : faces) {
                encoding(json, face);
            }
            json.endArray();
        }
    }

    /** The numbers are the exact values: a program that reads doubles has what a pickle gives. */
    private static void encoding(JsonWriter json, StoredEncoding encoding) throws IOException {
        json.beginObject().name("vector").beginArray();
        for (float value : encoding.descriptor().toArray()) {
            json.value((double) value);
        }
        json.endArray();
        json.name("model").value(encoding.descriptor().model().id());
        json.name("weights").value(encoding.descriptor().model().weights());
        json.name("source").value(encoding.source());
        json.endObject();
    }

    private List<StoredEncoding> chosen(Person person) throws IOException {
        List<StoredEncoding> all = store.encodings(person.id());
        List<StoredEncoding> chosen = all.stream().filter(this::wanted).toList();
        long faces = all.stream().filter(e -> !e.derived()).count();
        leftOut += Math.max(0, (int) faces - chosen.size());
        encodings += chosen.size();
        people += chosen.isEmpty() && !all.isEmpty() ? 0 : 1;
        return chosen;
    }

    /** Without a model to choose, each face is written once. */
    private boolean wanted(StoredEncoding encoding) {
        return model.isEmpty()
                ? !encoding.derived()
                : encoding.descriptor().model().equals(model.get());
    }
}
