// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.mqtt.commands.internal.part.InstalledBundle;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Bundles, listed and read again by messages. */
class BundleCommandsTest {
    private final Fakes gateway = new Fakes();
    private final Commands commands = gateway.commands();
    private final List<String> updated = new ArrayList<>();

    @BeforeEach
    void bundles() {
        gateway.bundles =
                List.of(
                        bundle("io.facegate.store", true),
                        bundle("io.facegate.mqtt", true),
                        bundle("io.facegate.bytedeco.linux", false),
                        bundle("broken", true));
    }

    @AfterEach
    void stop() {
        commands.stop();
    }

    @Test
    void bundlesAreListed() throws Exception {
        assertThat(reply("{}"))
                .contains(
                        "\"bundles\":[{\"name\":\"io.facegate.store\",\"version\":\"1.0.0\","
                                + "\"state\":\"active\"},");
    }

    @Test
    void oneIsReadAgain() throws Exception {
        assertThat(update("io.facegate.store"))
                .contains("\"ok\":true", "\"version\":\"1.0.1\"", "\"version_before\":\"1.0.0\"");
        assertThat(updated).containsExactly("io.facegate.store");
    }

    @Test
    void thoseThatCannotBeAreNamed() throws Exception {
        assertThat(update("io.facegate.mqtt")).contains("failed", "the answer comes through it");
        assertThat(update("io.facegate.bytedeco.linux")).contains("failed", "part of another");
        assertThat(update("nope")).contains("failed", "there is no bundle nope");
        assertThat(update("broken")).contains("failed", "broken cannot be updated: no jar");
        assertThat(updated).isEmpty();
    }

    private String update(String name) throws InterruptedException {
        return reply("{\"action\":\"update\",\"bundle\":\"" + name + "\"}");
    }

    private String reply(String request) throws InterruptedException {
        commands.obey("cmd/bundle", request, gateway);
        return gateway.next();
    }

    private InstalledBundle bundle(String name, boolean replaceable) {
        return new InstalledBundle() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String version() {
                return updated.contains(name) ? "1.0.1" : "1.0.0";
            }

            @Override
            public String state() {
                return "active";
            }

            @Override
            public boolean replaceable() {
                return replaceable;
            }

            @Override
            public void update() throws IOException {
                if (name.equals("broken")) {
                    throw new IOException("broken cannot be updated: no jar");
                }
                updated.add(name);
            }
        };
    }
}
