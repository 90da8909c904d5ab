// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.mqtt.tls.TlsFiles;

import org.junit.jupiter.api.Test;

class BrokerAccessTest {
    @Test
    void saysWhatToCorrect() {
        assertThat(access("tcp://one:1883, ssl://two  three").problem()).isEmpty();
        assertThat(access(" , ").problem().orElseThrow()).startsWith("brokerUrl is empty");
        assertThat(access("tcp://one, http://two").problem().orElseThrow())
                .contains("not http://", "correct it in io.facegate.mqtt");
    }

    private static BrokerAccess access(String url) {
        return new BrokerAccess(url, "pi", "", "", 60, new TlsFiles("", "", "", ""));
    }
}
