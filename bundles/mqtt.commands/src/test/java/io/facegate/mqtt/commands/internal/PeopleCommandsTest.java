// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.sighting.Stranger;
import io.facegate.api.sighting.UnknownFace;
import io.facegate.api.sighting.UnknownPeople;
import io.facegate.api.sighting.UnknownPerson;
import io.facegate.api.sighting.UnknownSighting;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What is done with unknown people by messages. */
class PeopleCommandsTest {
    private static final UUID STRANGER = UUID.fromString("a1b2c3d4-3f0e-4b51-9a7c-5d2e8c41f0b6");
    private static final UUID ALICE = UUID.fromString("0b5e7d64-53a1-4f0c-9c8b-0e2b7f1c9a11");
    private static final String ID = STRANGER.toString();
    private static final Instant SEEN = Instant.parse("2026-11-23T20:00:00.123456Z");

    private final Fakes gateway = new Fakes();
    private final Strangers strangers = new Strangers();
    private final Commands commands = gateway.commands();

    /** One unknown person, and what was asked for. */
    private static final class Strangers implements UnknownPeople {
        final List<String> asked = new ArrayList<>();

        @Override
        public Optional<Stranger> tell(UnknownSighting sighting) {
            return Optional.empty();
        }

        @Override
        public Optional<Stranger> find(UUID unknown) {
            return Optional.empty();
        }

        @Override
        public void retract(String track) {}

        @Override
        public List<UnknownPerson> people() {
            return List.of(new UnknownPerson(STRANGER, true, SEEN, SEEN, "front", 3, 2));
        }

        @Override
        public List<UnknownFace> faces(UUID unknown) {
            return List.of();
        }

        @Override
        public Optional<FaceChip> chip(long face) {
            return Optional.empty();
        }

        @Override
        public Person name(Collection<UUID> unknown, String name) throws StoreException {
            if (!unknown.contains(STRANGER)) {
                throw new StoreException("there is no unknown person " + unknown);
            }
            asked.add("name " + unknown + " " + name);
            return new Person(ALICE, name, SEEN, 2);
        }

        @Override
        public void setIgnored(UUID unknown, boolean ignored) {
            asked.add("ignore " + unknown + " " + ignored);
        }

        @Override
        public int forget(Collection<UUID> unknown) {
            asked.add("forget " + unknown);
            return unknown.size();
        }
    }

    @BeforeEach
    void begin() {
        gateway.put(UnknownPeople.class, strangers);
    }

    private String reply(String command, String payload) throws InterruptedException {
        commands.obey("cmd/" + command, payload, gateway);
        return gateway.next();
    }

    @Test
    void unknownPeopleAreListed() throws Exception {
        assertThat(reply("unknown_people", ""))
                .contains(
                        "\"unknown_people\":[{\"unknown_id\":\"" + ID + "\",\"ignored\":true,",
                        "\"last_seen\":\"2026-11-23T20:00:00.123Z\",\"camera\":\"front\","
                                + "\"sightings\":3,\"faces\":2}]");
    }

    @Test
    void severalAreNamedAsOne() throws Exception {
        assertThat(
                        reply(
                                "name_unknown",
                                "{\"unknown_ids\":[\""
                                        + ID
                                        + "\",\""
                                        + ALICE
                                        + "\"],\"name\":\"Bob\"}"))
                .contains("\"ok\":true", "\"name\":\"Bob\",\"encodings\":2}");
        assertThat(strangers.asked).containsExactly("name [" + ID + ", " + ALICE + "] Bob");
    }

    @Test
    void oneIsIgnoredAndNotAnyMore() throws Exception {
        String one = "{\"unknown_id\":\"" + ID + "\"";
        assertThat(reply("ignore_unknown", one + "}")).contains("\"ignored\":true");
        assertThat(reply("ignore_unknown", one + ",\"ignored\":false}"))
                .contains("\"ignored\":false");
        assertThat(strangers.asked)
                .containsExactly("ignore " + ID + " true", "ignore " + ID + " false");
    }

    @Test
    void oneIsForgotten() throws Exception {
        assertThat(reply("forget_unknown", "{\"unknown_id\":\"" + ID + "\"}"))
                .contains("\"forgotten\":1");
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        assertThat(reply("name_unknown", "{\"unknown_id\":\"" + ID + "\"}"))
                .contains("bad_request", "name is whom");
        assertThat(reply("name_unknown", "{\"unknown_id\":\"bob\",\"name\":\"Bob\"}"))
                .contains("bad_request", "unknown_id is one of those in events");
        assertThat(reply("forget_unknown", "{\"unknown_ids\":{}}")).contains("bad_request");
        assertThat(reply("ignore_unknown", "{\"unknown_id\":\"" + ID + "\",\"ignored\":3}"))
                .contains("bad_request", "ignored is true or false");
        assertThat(reply("name_unknown", "{\"unknown_id\":\"" + ALICE + "\",\"name\":\"Bob\"}"))
                .contains("failed", "there is no unknown person");
        gateway.take(UnknownPeople.class);
        assertThat(reply("unknown_people", "")).contains("unavailable");
        assertThat(strangers.asked).isEmpty();
    }
}
