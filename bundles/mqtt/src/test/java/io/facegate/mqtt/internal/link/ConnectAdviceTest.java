// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.status.Condition.Level;
import io.facegate.mqtt.socket.BrokerUrl;
import io.facegate.mqtt.tls.TlsFiles;

import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.Test;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;

import javax.net.ssl.SSLHandshakeException;

class ConnectAdviceTest {
    private static final BrokerAccess BROKER =
            new BrokerAccess(
                    "ssl://broker.lan:8883", "pi", "", "", 60, new TlsFiles("", "", "", ""));
    private static final BrokerUrl URL = BrokerUrl.parse("ssl://broker.lan:8883");

    @Test
    void aCertificateThatIsNotValidByTheClockPutsTheClockUnderSuspicion() {
        for (CertificateException why :
                List.of(
                        new CertificateNotYetValidException("NotBefore: Mon Nov 23 2026"),
                        new CertificateExpiredException("NotAfter: Tue Nov 23 2027"))) {
            SSLHandshakeException handshake = new SSLHandshakeException("PKIX path");
            handshake.initCause(new CertPathValidatorException("validity check failed", why));
            ConnectAdvice advice = ConnectAdvice.of(new MqttException(handshake), BROKER, URL);
            assertThat(advice.level()).as("comes back by itself").isEqualTo(Level.DEGRADED);
            assertThat(advice.message())
                    .contains("ssl://broker.lan:8883", "clock", why.getMessage(), "by itself");
        }
    }

    @Test
    void anyOtherTroubleWithTlsIsForAPerson() {
        ConnectAdvice advice =
                ConnectAdvice.of(new MqttException(new SSLHandshakeException("PKIX")), BROKER, URL);
        assertThat(advice.level()).isEqualTo(Level.FAILED);
        assertThat(advice.message()).contains("caFile").doesNotContain("clock");
    }

    @Test
    void whatABrokerOfMqtt5SaysIsToldInWords() {
        ConnectAdvice password = ConnectAdvice.of(new Refused(0x86, null), BROKER, URL);
        assertThat(password.level()).isEqualTo(Level.FAILED);
        assertThat(password.message()).contains("set user and .password");
        ConnectAdvice banned = ConnectAdvice.of(new Refused(0x8A, "ask Anna"), BROKER, URL);
        assertThat(banned.level()).isEqualTo(Level.DEGRADED);
        assertThat(banned.message())
                .isEqualTo(
                        "ssl://broker.lan:8883 refuses the connection: this client is banned"
                                + " (ask Anna)");
        assertThat(new Refused(0x80, "").getMessage()).isEqualTo("reason code 0x80");
    }

    @Test
    void theOlderVersionIsTriedWhereTheNewerMayBeAtFault() {
        assertThat(List.of(1, 0x81, 0x82, 0x84))
                .allMatch(code -> ConnectAdvice.mayBeTheVersion(new Refused(code, null)));
        assertThat(ConnectAdvice.mayBeTheVersion(new MqttException(new EOFException()))).isTrue();
        assertThat(ConnectAdvice.mayBeTheVersion(new Refused(0x86, null))).isFalse();
        assertThat(ConnectAdvice.mayBeTheVersion(new MqttException(new ConnectException())))
                .isFalse();
    }

    @Test
    void aNameOfMdnsThatIsNotFoundTellsWhatFindsIt() {
        MqttException unknown = new MqttException(new UnknownHostException("pi.local"));
        BrokerUrl local = BrokerUrl.parse("tcp://Pi.local");
        assertThat(ConnectAdvice.of(unknown, BROKER, local).message())
                .contains("tcp://Pi.local:1883 is not known", "libnss-mdns");
        assertThat(ConnectAdvice.of(unknown, BROKER, URL).message()).doesNotContain("mdns");
    }
}
