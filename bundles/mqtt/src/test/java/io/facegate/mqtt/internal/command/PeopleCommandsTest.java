// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.sighting.Stranger;
import io.facegate.api.sighting.UnknownFace;
import io.facegate.api.sighting.UnknownPeople;
import io.facegate.api.sighting.UnknownPerson;
import io.facegate.api.sighting.UnknownSighting;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.mqtt.internal.fake.Gateway;
import io.facegate.mqtt.internal.link.Message;
import io.facegate.mqtt.internal.message.Topics;
import io.facegate.mqtt.internal.report.ErrorReports;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What is done with unknown people by messages. */
class PeopleCommandsTest {
    private static final String ID = Gateway.STRANGER.toString();

    private final Gateway gateway = new Gateway();
    private final Strangers strangers = new Strangers();
    private final Topics topics = new Topics("facegate", "pi-0001");
    private final Commands commands =
            new Commands(topics, gateway, List::of, new ErrorReports("pi-0001"));

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
            return List.of(
                    new UnknownPerson(
                            Gateway.STRANGER, true, Gateway.START, Gateway.START, "front", 3, 2));
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
            if (!unknown.contains(Gateway.STRANGER)) {
                throw new StoreException("there is no unknown person " + unknown);
            }
            asked.add("name " + unknown + " " + name);
            return new Person(Gateway.ALICE, name, Gateway.START, 2);
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
        gateway.unknownPeople = Optional.of(strangers);
    }

    private String reply(String command, String payload) {
        return commands.handle(new Message(topics.of("cmd/" + command), payload, false))
                .orElseThrow()
                .payload();
    }

    @Test
    void unknownPeopleAreListed() {
        assertThat(reply("unknown_people", ""))
                .contains(
                        "\"unknown_people\":[{\"unknown_id\":\"" + ID + "\",\"ignored\":true,",
                        "\"last_seen\":\"2026-11-23T20:00:00.123Z\",\"camera\":\"front\","
                                + "\"sightings\":3,\"faces\":2}]");
    }

    @Test
    void severalAreNamedAsOne() {
        assertThat(
                        reply(
                                "name_unknown",
                                "{\"unknown_ids\":[\""
                                        + ID
                                        + "\",\""
                                        + Gateway.ALICE
                                        + "\"],\"name\":\"Bob\"}"))
                .contains("\"ok\":true", "\"name\":\"Bob\",\"encodings\":2}");
        assertThat(strangers.asked).containsExactly("name [" + ID + ", " + Gateway.ALICE + "] Bob");
    }

    @Test
    void oneIsIgnoredAndNotAnyMore() {
        String one = "{\"unknown_id\":\"" + ID + "\"";
        assertThat(reply("ignore_unknown", one + "}")).contains("\"ignored\":true");
        assertThat(reply("ignore_unknown", one + ",\"ignored\":false}"))
                .contains("\"ignored\":false");
        assertThat(strangers.asked)
                .containsExactly("ignore " + ID + " true", "ignore " + ID + " false");
    }

    @Test
    void oneIsForgotten() {
        assertThat(reply("forget_unknown", "{\"unknown_id\":\"" + ID + "\"}"))
                .contains("\"forgotten\":1");
    }

    @Test
    void whatIsWrongIsSaid() {
        assertThat(reply("name_unknown", "{\"unknown_id\":\"" + ID + "\"}"))
                .contains("bad_request", "name is whom");
        assertThat(reply("name_unknown", "{\"unknown_id\":\"bob\",\"name\":\"Bob\"}"))
                .contains("bad_request", "unknown_id is one of those in events");
        assertThat(reply("forget_unknown", "{\"unknown_ids\":{}}")).contains("bad_request");
        assertThat(reply("ignore_unknown", "{\"unknown_id\":\"" + ID + "\",\"ignored\":3}"))
                .contains("bad_request", "ignored is true or false");
        assertThat(
                        reply(
                                "name_unknown",
                                "{\"unknown_id\":\"" + Gateway.ALICE + "\",\"name\":\"Bob\"}"))
                .contains("failed", "there is no unknown person");
        gateway.unknownPeople = Optional.empty();
        assertThat(reply("unknown_people", "")).contains("unavailable");
        assertThat(strangers.asked).isEmpty();
    }
}
