// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;
import io.facegate.api.recognition.Corrections;
import io.facegate.api.recognition.RecentRecognition;
import io.facegate.api.store.CounterExamples;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Not this person, by messages. */
class CorrectionCommandsTest {
    private static final UUID ALICE = UUID.fromString("0b5e7d64-53a1-4f0c-9c8b-0e2b7f1c9a11");
    private static final Instant SEEN = Instant.parse("2026-11-23T20:00:00.123456Z");

    private final Fakes gateway = new Fakes();
    private final Kept kept = new Kept();
    private final Commands commands = gateway.commands();

    /** One event of Alice's, and what was asked for. */
    private static final class Kept implements CounterExamples, Corrections {
        final List<String> asked = new ArrayList<>();

        @Override
        public List<RecentRecognition> recent() {
            return List.of();
        }

        @Override
        public StoredEncoding reject(String eventId, Optional<UUID> person) throws StoreException {
            if (!eventId.equals("front-1")) {
                throw new StoreException("no such recognition is remembered");
            }
            asked.add("reject " + eventId + " " + person);
            return example();
        }

        private static StoredEncoding example() {
            FaceDescriptor face = new FaceDescriptor(new ModelKey("m", "w"), new float[1]);
            return new StoredEncoding(3, ALICE, face, "front now", "", true, SEEN);
        }

        @Override
        public List<StoredEncoding> counterExamples(UUID person) {
            return person.equals(ALICE) ? List.of(example()) : List.of();
        }

        @Override
        public Optional<FaceChip> counterChip(long id) {
            return Optional.empty();
        }

        @Override
        public StoredEncoding reject(UUID person, NewEncoding face) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int removeCounterExamples(Collection<Long> ids) {
            asked.add("delete " + ids);
            return ids.size();
        }
    }

    @BeforeEach
    void begin() {
        gateway.put(Corrections.class, kept);
        gateway.put(CounterExamples.class, kept);
        gateway.put(
                EncodingStore.class,
                (EncodingStore)
                        Proxy.newProxyInstance(
                                EncodingStore.class.getClassLoader(),
                                new Class<?>[] {EncodingStore.class},
                                (self, method, arguments) ->
                                        arguments[0].equals("Alice")
                                                ? Optional.of(new Person(ALICE, "Alice", SEEN, 1))
                                                : Optional.empty()));
    }

    private String reply(String command, String payload) throws InterruptedException {
        commands.obey("cmd/" + command, payload, gateway);
        return gateway.next();
    }

    @Test
    void recognitionIsRejectedByItsEvent() throws Exception {
        assertThat(reply("reject", "{\"event_id\":\"front-1\"}"))
                .contains(
                        "\"ok\":true",
                        "\"result\":{\"person_id\":\"" + ALICE + "\",\"counter_example\":3}");
        reply("reject", "{\"event_id\":\"front-1\",\"person_id\":\"" + ALICE + "\"}");
        assertThat(kept.asked)
                .containsExactly(
                        "reject front-1 Optional.empty", "reject front-1 Optional[" + ALICE + "]");
    }

    @Test
    void counterExamplesAreListedAndDeleted() throws Exception {
        assertThat(reply("counter_examples", "{\"name\":\"Alice\"}"))
                .contains(
                        "\"counter_examples\":[{\"counter_example\":3,\"source\":\"front now\","
                                + "\"model\":\"m\",\"created_at\":\"2026-11-23T20:00:00.123Z\"}]");
        assertThat(reply("delete_counter_examples", "{\"counter_examples\":[3,4]}"))
                .contains("\"deleted\":2");
        assertThat(kept.asked).containsExactly("delete [3, 4]");
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        assertThat(reply("reject", "{}")).contains("bad_request", "event_id is the id");
        assertThat(reply("reject", "{\"event_id\":\"front-1\",\"person_id\":\"x\"}"))
                .contains("bad_request", "person_id");
        assertThat(reply("reject", "{\"event_id\":\"front-2\"}"))
                .contains("failed", "no such recognition");
        assertThat(reply("counter_examples", "{}")).contains("bad_request", "name of a person");
        assertThat(reply("counter_examples", "{\"name\":\"Bob\"}"))
                .contains("failed", "nobody is called Bob");
        for (String wrong :
                List.of("{}", "{\"counter_examples\":3}", "{\"counter_examples\":[\"a\"]}")) {
            assertThat(reply("delete_counter_examples", wrong)).contains("bad_request", "numbers");
        }
        gateway.take(Corrections.class);
        assertThat(reply("reject", "{\"event_id\":\"front-1\"}"))
                .contains("unavailable", "pipeline");
        assertThat(kept.asked).isEmpty();
    }
}
