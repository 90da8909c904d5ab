// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import org.eclipse.paho.mqttv5.common.MqttException;

import java.util.Map;

/** The broker of an MQTT 5 connection said no, or ended it, and why (MQTT 5, section 2.4). */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    static final int MALFORMED = 0x81;
    static final int PROTOCOL_ERROR = 0x82;
    static final int UNSUPPORTED_VERSION = 0x84;
    static final int INVALID_CLIENT_ID = 0x85;
    static final int BAD_USER_OR_PASSWORD = 0x86;
    static final int NOT_AUTHORIZED = 0x87;
    private static final int TAKEN_OVER = 0x8E;

    private static final Map<Integer, String> WORDS =
            Map.ofEntries(
                    Map.entry(MALFORMED, "it cannot read what was sent"),
                    Map.entry(PROTOCOL_ERROR, "it takes what was sent for an error"),
                    Map.entry(0x83, "it does not do this"),
                    Map.entry(UNSUPPORTED_VERSION, "it does not speak MQTT 5"),
                    Map.entry(INVALID_CLIENT_ID, "the client id is not allowed"),
                    Map.entry(BAD_USER_OR_PASSWORD, "the user or the password is wrong"),
                    Map.entry(NOT_AUTHORIZED, "this is not allowed"),
                    Map.entry(0x88, "it is not available"),
                    Map.entry(0x89, "it is busy"),
                    Map.entry(0x8A, "this client is banned"),
                    Map.entry(0x8B, "it is shutting down"),
                    Map.entry(0x8D, "it heard no sign of life in time"),
                    Map.entry(TAKEN_OVER, "another client with the same id took over"),
                    Map.entry(0x90, "the topic is not allowed"),
                    Map.entry(0x93, "too many messages were on their way"),
                    Map.entry(0x95, "the message is too large"),
                    Map.entry(0x96, "messages come too fast"),
                    Map.entry(0x97, "its quota is used up"),
                    Map.entry(0x98, "its administrator ended the connection"),
                    Map.entry(0x99, "the content is not as it was said to be"),
                    Map.entry(0x9A, "it retains no messages"),
                    Map.entry(0x9B, "it does not support QoS 1"),
                    Map.entry(0x9C, "another server is to be used"),
                    Map.entry(0x9D, "the server has moved"),
                    Map.entry(0x9F, "there are too many connections"),
                    Map.entry(0xA0, "the connection lasted too long"));

    private static final int MOST_CODE = 0xFF;

    private final int code;

    /**
     * @param code of MQTT 5
     * @param reason the broker's own words; null or empty for none
     */
    Refused(int code, String reason) {
        super(words(code) + (reason == null || reason.isBlank() ? "" : " (" + reason + ")"));
        this.code = code;
    }

    /** What Paho gives for a broker's reason code; anything else as it is. */
    static Throwable of(Throwable cause) {
        return cause instanceof MqttException e
                        && e.getReasonCode() > 0
                        && e.getReasonCode() <= MOST_CODE
                ? new Refused(e.getReasonCode(), null)
                : cause;
    }

    int code() {
        return code;
    }

    /** Whether another client with the same id ended the connection. */
    boolean takenOver() {
        return code == TAKEN_OVER;
    }

    /** What a code means, in words that go on from "the broker says:". */
    static String words(int code) {
        return WORDS.getOrDefault(code, "reason code 0x" + Integer.toHexString(code));
    }
}
