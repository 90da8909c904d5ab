// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleNamesTest {
    private final ConsoleNames names =
            new ConsoleNames(
                    new String[] {"https://Gate.example/", "http://proxy.lan:8443", " "},
                    "Pi-Door.example.org\n");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:8080",
                "192.168.1.7",
                "[::1]:8080",
                "[fe80::1]",
                "localhost:8080",
                "LOCALHOST.",
                "a.localhost",
                "pi-door.local:8080",
                "pi-door",
                "facegate:8080",
                "mqtt_broker",
                "gate.lan:8080",
                "gate.home.arpa",
                "gate.fritz.box",
                "pi-door.example.org:80",
                "gate.example",
                "gate.example:444",
                "proxy.lan"
            })
    void itsOwnNames(String host) {
        assertThat(names.isHost(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "evil.example:8080",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "pi-door.evil.example",
                "lan.evil.example",
                "fritz.box.evil.example",
                "evilfritz.box",
                ".lan",
                "gate.example.evil",
                "[evil.example]",
                "evil.example#.local:1:2x"
            })
    void othersAreForeign(String host) {
        assertThat(names.isHost(host)).isFalse();
    }

    @Test
    void clientsWithoutAHostAreNoBrowsers() {
        assertThat(names.isHost(null)).isTrue();
    }

    @Test
    void originsAreSchemeNameAndPort() {
        assertThat(names.isOrigin("https://gate.example")).isTrue();
        assertThat(names.isOrigin("http://proxy.lan:8443")).isTrue();
        assertThat(names.isOrigin("http://gate.example")).isFalse();
        assertThat(names.isOrigin("https://gate.example:444")).isFalse();
        assertThat(names.isOrigin("http://proxy.lan")).isFalse();
        assertThat(names.isOrigin("null")).isFalse();
        assertThat(names.wrong()).isEmpty();
        ConsoleNames usual = new ConsoleNames(new String[] {"https://a.example:443"}, "");
        assertThat(usual.isOrigin("https://a.example")).isTrue();
        assertThat(new ConsoleNames(null, "").isHost("pi-door.example.org")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gate.example",
                "ftp://gate.example",
                "https://gate.example/path",
                "https://me@gate.example",
                "https://",
                "https://a b",
                "*"
            })
    void tellsWhatIsNoAddress(String origin) {
        ConsoleNames wrong = new ConsoleNames(new String[] {origin}, "");
        assertThat(wrong.wrong()).containsExactly(origin);
        assertThat(wrong.isHost("gate.example")).isFalse();
        assertThat(wrong.isOrigin("https://gate.example")).isFalse();
    }
}
