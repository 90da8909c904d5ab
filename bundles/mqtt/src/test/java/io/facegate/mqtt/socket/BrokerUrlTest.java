// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerUrlTest {
    @ParameterizedTest
    @CsvSource({
        "tcp://192.168.1.5:1883,tcp://192.168.1.5:1883",
        "broker,tcp://broker:1883",
        "mqtt_broker:1884,tcp://mqtt_broker:1884",
        "tcp://mqtt_broker,tcp://mqtt_broker:1883",
        "MQTTS://pi.local/,ssl://pi.local:8883",
        "tls://a-b.example:1,ssl://a-b.example:1",
        "mqtt://[::1]:1884,tcp://[::1]:1884",
        "ssl://[fe80::1%eth0],ssl://[fe80::1%eth0]:8883",
        "ws://broker/mqtt,ws://broker:80/mqtt",
        "wss://broker:9001/a/b?token=secret,wss://broker:9001/a/b"
    })
    void takesWhatPeopleWrite(String written, String shown) {
        assertThat(BrokerUrl.parse(written)).hasToString(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "http://broker,'begins with tcp://, ssl://, ws:// or wss://, not http://'",
        "tcp://,names no host",
        "tcp://:1883,names no host",
        "tcp://a:b@broker,into user",
        "tcp://broker:0,a port that does not exist",
        "tcp://broker:65536,a port that does not exist",
        "tcp://broker:x,a port that does not exist",
        "tcp://broker/mqtt,ends with the port",
        "tcp://a:1:2,a port that does not exist"
    })
    void saysWhatIsWrong(String written, String message) {
        assertThatThrownBy(() -> BrokerUrl.parse(written)).hasMessageContaining(message);
    }

    @Test
    void severalAreTriedInTheirOrder() {
        assertThat(BrokerUrl.list("tcp://one:1883, ssl://two  three"))
                .extracting(BrokerUrl::host)
                .containsExactly("one", "two", "three");
        assertThat(BrokerUrl.list(" , ")).isEmpty();
    }
}
