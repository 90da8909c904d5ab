// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Chromium without a screen, driven through its DevTools protocol. */
final class Browser {
    private static final List<Path> PROGRAMS =
            List.of(
                    Path.of("/usr/bin/chromium"),
                    Path.of("/usr/bin/chromium-browser"),
                    Path.of("/usr/bin/google-chrome"));

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();

    Browser(Path profile) throws Exception {
        process =
                new ProcessBuilder(
                                program().toString(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--disable-dev-shm-usage",
                                "--user-data-dir=" + profile,
                                "--remote-debugging-port=0",
                                "about:blank")
                        .redirectErrorStream(true)
                        .redirectOutput(profile.resolveSibling("browser.log").toFile())
                        .start();
        Path portFile = profile.resolve("DevToolsActivePort");
        ConsoleIT.await(() -> Files.exists(portFile) && Files.readAllLines(portFile).size() == 2);
        String port = Files.readAllLines(portFile).get(0);
        HttpClient client = HttpClient.newHttpClient();
        String pages =
                client.send(
                                HttpRequest.newBuilder(
                                                URI.create("http://127.0.0.1:" + port + "/json"))
                                        .build(),
                                BodyHandlers.ofString())
                        .body();
        String page = "";
        for (JsonElement target : JsonParser.parseString(pages).getAsJsonArray()) {
            if (target.getAsJsonObject().get("type").getAsString().equals("page")) {
                page = target.getAsJsonObject().get("webSocketDebuggerUrl").getAsString();
            }
        }
        socket =
                client.newWebSocketBuilder()
                        .buildAsync(URI.create(page), new Answers())
                        .get(20, TimeUnit.SECONDS);
        call("Page.enable", "{}");
        call("Network.enable", "{}");
    }

    static Path program() {
        return PROGRAMS.stream().filter(Files::isExecutable).findFirst().orElse(Path.of(""));
    }

    void open(String url, String authorization, int width, int height, boolean phone)
            throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":%d,\"height\":%d,\"deviceScaleFactor\":1,\"mobile\":%b}"
                        .formatted(width, height, phone));
        call(
                "Network.setExtraHTTPHeaders",
                "{\"headers\":{\"Authorization\":\"" + authorization + "\"}}");
        call("Page.navigate", "{\"url\":\"" + url + "\"}");
    }

    /** Value of an expression, as text. */
    String evaluate(String expression) throws Exception {
        JsonObject parameters = new JsonObject();
        parameters.addProperty("expression", expression);
        parameters.addProperty("awaitPromise", true);
        JsonObject result =
                call("Runtime.evaluate", parameters.toString()).getAsJsonObject("result");
        return result.has("value") ? result.get("value").getAsString() : result.toString();
    }

    void awaitTrue(String expression) throws Exception {
        ConsoleIT.await(() -> evaluate(expression).equals("true"));
    }

    /** Moves the mouse to a place of the window, or presses or releases its button there. */
    void mouse(String type, double x, double y) throws Exception {
        call(
                "Input.dispatchMouseEvent",
                String.format(
                        Locale.ROOT,
                        "{\"type\":\"%s\",\"x\":%.1f,\"y\":%.1f,\"button\":\"left\",\"buttons\":1,"
                                + "\"clickCount\":1}",
                        type,
                        x,
                        y));
    }

    /** Touches a place of the window with a finger, and lets go. */
    void tap(double x, double y) throws Exception {
        call(
                "Input.dispatchTouchEvent",
                String.format(
                        Locale.ROOT,
                        "{\"type\":\"touchStart\",\"touchPoints\":[{\"x\":%.1f,\"y\":%.1f}]}",
                        x,
                        y));
        call("Input.dispatchTouchEvent", "{\"type\":\"touchEnd\",\"touchPoints\":[]}");
    }

    /** Presses a key and lets go, as on a keyboard; {@code modifiers} 8 is Shift. */
    void key(String key, int code, int modifiers) throws Exception {
        for (String type : List.of("keyDown", "keyUp")) {
            call(
                    "Input.dispatchKeyEvent",
                    "{\"type\":\"%s\",\"key\":\"%s\",\"code\":\"%s\",\"windowsVirtualKeyCode\":%d,\"modifiers\":%d}"
                            .formatted(type, key, key, code, modifiers));
        }
    }

    void screenshot(Path file) throws Exception {
        JsonObject result =
                call(
                        "Page.captureScreenshot",
                        "{\"format\":\"png\",\"captureBeyondViewport\":true}");
        Files.write(file, Base64.getDecoder().decode(result.get("data").getAsString()));
    }

    JsonObject call(String method, String parameters) throws Exception {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        socket.sendText(
                        "{\"id\":%d,\"method\":\"%s\",\"params\":%s}"
                                .formatted(id, method, parameters),
                        true)
                .get(20, TimeUnit.SECONDS);
        JsonObject message = answer.get(30, TimeUnit.SECONDS);
        if (message.has("error")) {
            throw new IllegalStateException(method + ": " + message.get("error"));
        }
        return message.getAsJsonObject("result");
    }

    void close() throws Exception {
        process.destroy();
        if (!process.waitFor(Duration.ofSeconds(10).toSeconds(), TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    private final class Answers implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                JsonObject message = JsonParser.parseString(text.toString()).getAsJsonObject();
                text.setLength(0);
                if (message.has("id")) {
                    waiting.remove(message.get("id").getAsInt()).complete(message);
                }
            }
            webSocket.request(1);
            return null;
        }
    }
}
