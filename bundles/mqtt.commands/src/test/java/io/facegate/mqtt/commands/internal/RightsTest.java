// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;

import io.facegate.api.camera.CameraState;
import io.facegate.api.message.MessageListener;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Person;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Who may have what done, and what is answered to who may not. */
class RightsTest {
    private static final String SECRET = "0123456789abcdef";
    private static final String RENAME =
            "{\"request_id\":\"7\",\"name\":\"Alice\",\"new_name\":\"Alicia\"}";
    private static final long NOW = Instant.parse("2026-11-23T20:00:00Z").getEpochSecond();
    private static final String NONCE = "0123456789abcdef";

    @TempDir Path folder;
    private final Fakes gateway = new Fakes();
    private final List<String> renamed = new ArrayList<>();
    private Commands commands;

    @BeforeEach
    void store() {
        gateway.data = folder;
        commands = gateway.commands(Set.of("status"), SECRET, 100);
        gateway.put(
                EncodingStore.class,
                (EncodingStore)
                        Proxy.newProxyInstance(
                                EncodingStore.class.getClassLoader(),
                                new Class<?>[] {EncodingStore.class},
                                (self, method, arguments) -> {
                                    renamed.add(arguments[0] + " " + arguments[1]);
                                    return new Person(
                                            new UUID(0, 1),
                                            arguments[1].toString(),
                                            Instant.EPOCH,
                                            2);
                                }));
    }

    @AfterEach
    void stop() {
        commands.stop();
    }

    @Test
    void whatIsNotAllowedIsNotDone() throws Exception {
        assertThat(reply("rename", RENAME))
                .startsWith("reply/7 ")
                .contains("\"code\":\"forbidden\"", "rename is not allowed", "or sign it");
        commands.obey("front/enabled/set", "OFF", gateway);
        assertThat(gateway.next()).startsWith("errors forbidden set is not allowed");
        commands.obey("model/set", "rollback", gateway);
        assertThat(gateway.next()).startsWith("errors forbidden set is not allowed");
        assertThat(gateway.state).isEqualTo(CameraState.ONLINE);
        assertThat(reply("status", "")).contains("\"ok\":true");
        assertThat(renamed).isEmpty();
        commands.stop();
        commands = gateway.commands(Set.of("rename"), "", 100);
        assertThat(reply("rename", RENAME)).contains("\"ok\":true", "\"name\":\"Alicia\"");
        assertThat(renamed).containsExactly("Alice Alicia");
    }

    @Test
    void whatIsSignedIsDoneOnce() throws Exception {
        String signed = signed("pi-0001", "rename", NOW - 60, NONCE, RENAME, SECRET);
        assertThat(reply("rename", signed)).startsWith("reply/7 ").contains("\"ok\":true");
        assertThat(reply("rename", signed)).contains("\"code\":\"replayed\"", "carried out before");
        commands.stop();
        commands = gateway.commands(Set.of(), SECRET, 100);
        assertThat(reply("rename", signed)).startsWith("reply/7 ").contains("\"replayed\"");
        assertThat(renamed).containsExactly("Alice Alicia");
    }

    @Test
    void whatIsSignedOtherwiseIsNotDone() throws Exception {
        assertThat(reply("rename", signed("pi-0002", "rename", NOW, NONCE, RENAME, SECRET)))
                .contains("\"code\":\"bad_signature\"", "does not fit");
        assertThat(reply("rename", signed("pi-0001", "erase", NOW, NONCE, RENAME, SECRET)))
                .contains("bad_signature");
        assertThat(reply("rename", signed("pi-0001", "rename", NOW, NONCE, RENAME, SECRET + "0")))
                .contains("bad_signature");
        assertThat(reply("rename", signed("pi-0001", "rename", NOW, "short", RENAME, SECRET)))
                .contains("bad_signature", "nonce is 16 to 64");
        String good = signed("pi-0001", "rename", NOW, NONCE, RENAME, SECRET);
        assertThat(reply("rename", good.replace("Alicia", "Mallory"))).contains("bad_signature");
        assertThat(reply("rename", good.replace("\"time\":", "\"time\":1")))
                .contains("bad_signature");
        assertThat(reply("rename", good.replace("\"hmac\":\"", "\"hmac\":\"x")))
                .contains("bad_signature", "hmac is in hex");
        assertThat(reply("rename", "{\"signed\":3}"))
                .contains("bad_signature", "signed is missing");
        assertThat(renamed).isEmpty();
        commands.stop();
        commands = gateway.commands(Set.of("*"), "", 100);
        assertThat(reply("rename", good)).contains("bad_signature", "this gateway has no secret");
        assertThat(renamed).isEmpty();
    }

    @Test
    void aClockThatIsWrongIsNamed() throws Exception {
        for (long time : List.of(NOW - 61, NOW + 61, 0L)) {
            assertThat(reply("rename", signed("pi-0001", "rename", time, NONCE, RENAME, SECRET)))
                    .contains(
                            "\"code\":\"bad_time\"",
                            "it was signed at " + Instant.ofEpochSecond(time),
                            "this gateway's clock says 2026-11-23T20:00:00Z");
        }
        assertThat(renamed).isEmpty();
    }

    @Test
    void whatIsNoCommandIsAnswered() throws Exception {
        assertThat(reply("rename", MessageListener.TOO_LARGE))
                .startsWith("reply/none ")
                .contains("\"code\":\"too_large\"");
        assertThat(reply("status", "[".repeat(200_000))).contains("bad_request");
        assertThat(reply("status", "{\"request_id\":\"no blanks\"}"))
                .startsWith("reply/none ")
                .contains("bad_request");
        assertThat(reply("status", "{\"request_id\":\"1\",\"nmae\":1}"))
                .startsWith("reply/1 ")
                .contains("bad_request", "status takes no nmae");
    }

    @Test
    void moreThanTheRateIsRefused() throws Exception {
        commands.stop();
        commands = gateway.commands(Set.of("status"), "", 2);
        assertThat(reply("status", "{}")).contains("\"ok\":true");
        assertThat(reply("status", "{}")).contains("\"ok\":true");
        assertThat(reply("status", "{}")).contains("\"code\":\"too_many\"");
    }

    private String reply(String command, String payload) throws InterruptedException {
        commands.obey("cmd/" + command, payload, gateway);
        return gateway.next();
    }

    private static String signed(
            String gateway, String command, long time, String nonce, String request, String secret)
            throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String text = String.join("\n", gateway, command, Long.toString(time), nonce, request);
        JsonObject o = new JsonObject();
        o.addProperty("signed", request);
        o.addProperty("time", time);
        o.addProperty("nonce", nonce);
        o.addProperty(
                "hmac",
                HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))));
        return o.toString();
    }
}
