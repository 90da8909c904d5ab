// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.testing.Distribution;
import io.facegate.testing.Machine;
import io.facegate.testing.MessageContract;
import io.facegate.testing.Program;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Commands by MQTT at the gateway's own broker, with real clients; everything that is sent is as
 * the documents say, and they have an example of each.
 */
class MqttCommandsIT {
    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SECRET = "a secret of the test";

    @TempDir Path folder;
    private final MessageContract contract = new MessageContract();
    private final MessageExamples examples = new MessageExamples();
    private final List<String> problems = new ArrayList<>();
    private int port;
    private String base;
    private Program heard;

    @Test
    void commandsAreObeyedAndEverythingIsAsTheDocumentsSay() throws Exception {
        port = Machine.freePort();
        Path data = folder.resolve("data/demo");
        Gateway.allow(data, "*");
        Path rights = data.resolve("conf/io.facegate.mqtt.commands.config");
        Files.writeString(rights, Files.readString(rights) + ".secret=\"" + SECRET + "\"\n");
        try (Program gateway =
                Gateway.run(
                        folder.resolve("data"),
                        "--port",
                        Integer.toString(Machine.freePort()),
                        "--broker-port",
                        Integer.toString(port))) {
            gateway.awaitErr(l -> l.contains("MQTT: connected"), START);
            base = "facegate/" + Files.readString(data.resolve("gateway.id")).strip() + "/";
            examples.call(base.split("/")[1], "pi-3f2a");
            examples.call(folder.toString(), "/var/lib/facegate");
            examples.call(Distribution.folder().toRealPath().toString(), "/opt/facegate");
            try (Program all = subscribe()) {
                heard = all;
                all.awaitOut(l -> l.endsWith("/available online"), START);
                all.awaitOut(l -> l.contains("/events ") && l.contains("recognized"), START);
                people();
                gateway();
                signed();
                mosquitto("pub", "-t", base + "demo/enabled/set", "-m", "perhaps");
                all.awaitOut(l -> l.contains("/errors ") && l.contains("bad_request"), SOON);
                all.awaitOut(l -> l.contains("/stats ") && l.contains("\"p95\""), SOON);
                check(all.out());
            }
        }
    }

    private void people() throws Exception {
        String picture = "\"picture\":\"" + sample() + "\"";
        JsonObject enrolled = done("enroll", "\"name\":\"Jane Doe\"," + picture);
        assertThat(enrolled.get("unchanged").getAsBoolean()).isFalse();
        assertThat(
                        done("enroll", "\"name\":\"Jane Doe\"," + picture)
                                .get("unchanged")
                                .getAsBoolean())
                .isTrue();
        JsonObject face =
                done("recognize", picture).getAsJsonArray("faces").get(0).getAsJsonObject();
        assertThat(face.get("distance").getAsDouble()).isLessThan(0.01);
        String id = enrolled.getAsJsonObject("person").get("id").getAsString();
        JsonObject renamed = done("rename", "\"name\":\"Jane Doe\",\"new_name\":\"Jane Roe\"");
        assertThat(renamed.getAsJsonObject("person").get("id").getAsString()).isEqualTo(id);
        done("people", "");
        JsonObject strangers = strangers();
        String unknown =
                strangers
                        .getAsJsonArray("unknown_people")
                        .get(0)
                        .getAsJsonObject()
                        .get("unknown_id")
                        .getAsString();
        done("ignore_unknown", "\"unknown_id\":\"" + unknown + "\"");
        done("name_unknown", "\"unknown_id\":\"" + unknown + "\",\"name\":\"Jane Roe\"");
        done("forget_unknown", "\"unknown_ids\":[\"" + unknown + "\"]");
        String recognized =
                heard.awaitOut(l -> l.contains("/events ") && l.contains("\"recognized\""), SOON);
        String event = json(recognized).get("id").getAsString();
        JsonObject rejected = done("reject", "\"event_id\":\"" + event + "\"");
        String whom = json(recognized).get("name").getAsString();
        done("counter_examples", "\"name\":\"" + whom + "\"");
        done(
                "delete_counter_examples",
                "\"counter_examples\":[" + rejected.get("counter_example") + "]");
        done("backup", "");
        JsonObject receipt = done("erase", "\"name\":\"Jane Roe\"");
        assertThat(receipt.get("person_id").getAsString()).isEqualTo(id);
        done("reprocess", "");
    }

    private void gateway() throws Exception {
        done("status", "");
        JsonObject snapshot = done("snapshot", "\"camera\":\"demo\",\"width\":160");
        byte[] jpeg = Base64.getDecoder().decode(snapshot.get("picture").getAsString());
        assertThat(jpeg).startsWith(0xFF, 0xD8);
        done("model", "");
        done("bundle", "\"action\":\"list\"");
        done("bundle", "\"action\":\"update\",\"bundle\":\"io.facegate.quality\"");
        assertThat(done("config", "").toString()).contains("io.facegate.pipeline");
        String pipeline = "\"pid\":\"io.facegate.pipeline\"";
        JsonObject written =
                done(
                        "config",
                        "\"action\":\"write\"," + pipeline + ",\"set\":{\"unknownFrames\":9}");
        assertThat(written.toString()).contains("\"key\":\"unknownFrames\"");
        assertThat(done("config", "\"action\":\"read\"," + pipeline).toString())
                .contains("\"configured\":true,\"value\":9");
        JsonObject own =
                done("config", "\"action\":\"read\",\"pid\":\"io.facegate.mqtt.commands\"");
        assertThat(own.toString()).contains(".secret").doesNotContain(SECRET);
        JsonObject wrong =
                ask(
                        "config",
                        "\"action\":\"write\"," + pipeline + ",\"set\":{\"tolerance\":\"x\"}");
        assertThat(wrong.getAsJsonObject("error").get("code").getAsString())
                .isEqualTo("bad_request");
        examples.add("`…/reply/<request_id>`: an error", wrong.toString());
        JsonObject camera = ask("enroll", "\"name\":\"Jane\",\"camera\":\"demo\",\"seconds\":2");
        assertThat(camera.get("ok").isJsonNull()).isFalse();
    }

    /** Without a right of its own, once, and answered as MQTT 5 has it. */
    private void signed() throws Exception {
        String request = "{\"request_id\":\"s\"}";
        String time = Long.toString(Instant.now().getEpochSecond());
        String nonce = "0123456789abcdef0123";
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String text = String.join("\n", base.split("/")[1], "status", time, nonce, request);
        JsonObject envelope = new JsonObject();
        envelope.addProperty("signed", request);
        envelope.addProperty("time", Long.parseLong(time));
        envelope.addProperty("nonce", nonce);
        envelope.addProperty(
                "hmac",
                HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))));
        examples.add("`…/cmd/status`, signed", envelope.toString());
        problems.addAll(contract.orderProblems(base + "cmd/status", envelope.toString()));
        String[] rr = {
            "rr",
            "-V",
            "5",
            "-t",
            base + "cmd/status",
            "-e",
            "my/answers",
            "-W",
            "30",
            "-m",
            envelope.toString()
        };
        assertThat(mosquitto(rr)).contains("\"request_id\":\"s\"", "\"ok\":true");
        assertThat(mosquitto(rr)).contains("\"request_id\":\"s\"", "\"code\":\"replayed\"");
    }

    /** They are told a little after they were seen. */
    private JsonObject strangers() throws Exception {
        heard.awaitOut(
                l ->
                        l.contains("/events ")
                                && l.contains("\"unknown_id\":\"")
                                && !l.contains("gone"),
                SOON);
        return done("unknown_people", "");
    }

    private JsonObject done(String command, String more) throws Exception {
        JsonObject reply = ask(command, more);
        assertThat(reply.get("ok").getAsBoolean()).as(reply.toString()).isTrue();
        return reply.getAsJsonObject("result");
    }

    /** The end of a command. */
    private JsonObject ask(String command, String more) throws Exception {
        String id = "r" + heard.out().size();
        String request =
                "{\"request_id\":\"" + id + "\"" + (more.isEmpty() ? "" : "," + more) + "}";
        String topic = base + "cmd/" + command;
        problems.addAll(contract.orderProblems(topic, request));
        Path file = Files.writeString(folder.resolve("request"), request);
        mosquitto("pub", "-q", "1", "-t", topic, "-f", file.toString());
        String reply = base + "reply/" + id + " ";
        String end = heard.awaitOut(l -> l.startsWith(reply) && !l.contains("\"ok\":null"), SOON);
        JsonElement action = json("x " + request).get("action");
        String title = command + (action == null ? "" : ", " + action.getAsString());
        examples.add("`…/cmd/" + command + "`: " + title, request);
        examples.add("`…/reply/<request_id>`: " + title, end.substring(reply.length()));
        return json(end);
    }

    private void check(List<String> lines) throws IOException {
        TreeSet<String> seen = new TreeSet<>();
        for (String line : lines) {
            String topic = line.substring(0, line.indexOf(' '));
            String payload = line.substring(line.indexOf(' ') + 1);
            if (!topic.startsWith(base) || topic.startsWith(base + "cmd/")) {
                continue;
            }
            String channel = contract.channel(topic).orElse("");
            if (channel.isEmpty()) {
                problems.add(topic + " is in no document");
            }
            problems.addAll(contract.problems(topic, payload));
            if (contract.sent().contains(channel)) {
                seen.add(channel);
                boolean going = channel.equals("reply") && payload.contains("\"ok\":null");
                if (going) {
                    examples.add("`…/reply/<request_id>`: how far it is", payload);
                } else if (!channel.equals("reply")) {
                    String address = contract.address(channel).replace("{prefix}/{gateway}", "…");
                    examples.add("`" + address.replaceAll("\\{([a-z]+)}", "<$1>") + "`", payload);
                }
            }
        }
        assertThat(problems).isEmpty();
        TreeSet<String> missing = new TreeSet<>(contract.sent());
        missing.removeAll(seen);
        assertThat(missing).as("only when asked for").isSubsetOf("faceImage", "setting");
        examples.check();
    }

    private static JsonObject json(String line) {
        return JsonParser.parseString(line.substring(line.indexOf(' ') + 1)).getAsJsonObject();
    }

    private static String sample() throws IOException {
        try (Stream<Path> all = Files.walk(Distribution.folder().resolve("demo/people"))) {
            Path first = all.filter(f -> f.toString().endsWith(".jpg")).sorted().findFirst().get();
            return Base64.getEncoder().encodeToString(Files.readAllBytes(first));
        }
    }

    private Program subscribe() throws IOException {
        return Program.start(
                Machine.program("mosquitto_sub"),
                "-V",
                "5",
                "-p",
                Integer.toString(port),
                "-q",
                "1",
                "-v",
                "-t",
                "facegate/#");
    }

    private String mosquitto(String program, String... words) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Machine.program("mosquitto_" + program));
        command.addAll(List.of("-p", Integer.toString(port)));
        command.addAll(List.of(words));
        try (Program running = Program.start(command.toArray(String[]::new))) {
            assertThat(running.awaitExit(SOON)).as(running.transcript()).isZero();
            return String.join("\n", running.out());
        }
    }

    private String mosquitto(String[] words) throws Exception {
        return mosquitto(words[0], List.of(words).subList(1, words.length).toArray(String[]::new));
    }
}
