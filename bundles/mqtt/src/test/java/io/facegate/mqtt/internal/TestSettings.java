// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import io.facegate.mqtt.internal.link.BrokerAccess;
import io.facegate.mqtt.internal.message.Topics;
import io.facegate.mqtt.tls.TlsFiles;

import java.util.Optional;

/** What the publisher of most tests is told: the gateway pi-0001, statistics each second. */
final class TestSettings {
    private TestSettings() {}

    static MqttSettings of(String url) {
        return of(url, "", "");
    }

    static MqttSettings of(String url, String user, String password) {
        return new MqttSettings(
                new BrokerAccess(
                        url, "facegate-pi-0001", user, password, 5, new TlsFiles("", "", "", "")),
                new Topics("facegate", "pi-0001"),
                "1.0.0",
                Optional.of("homeassistant"),
                new MqttSettings.Limits(1, 1000, 0, 0, 0),
                Optional.empty(),
                Optional.empty());
    }
}
