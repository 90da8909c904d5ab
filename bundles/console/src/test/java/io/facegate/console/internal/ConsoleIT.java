// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.api.camera.Camera;
import io.facegate.api.camera.CameraState;
import io.facegate.api.detector.FaceDetector;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.erasure.Eraser;
import io.facegate.api.erasure.ErasureReceipt;
import io.facegate.api.frame.Box;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.picture.PictureWriter;
import io.facegate.api.recognition.Enroller;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognitionListener;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.store.EncodingStore;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import javax.imageio.ImageIO;

/** The real web console on the real HTTP service, with small fakes for the other bundles. */
class ConsoleIT {
    static final String NASTY = "<script>alert('x')</script> & \"Bobby\" </td>";

    @TempDir static Path folder;
    static Felix felix;
    static Fakes.Store store;
    static Fakes.Writer writer = new Fakes.Writer();
    static final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        launch(folder);
    }

    static void launch(Path folder) throws Exception {
        felix = new Felix(folder, Felix.freePort(), List.of());
        BundleContext context = felix.context();
        store = new Fakes.Store("Alice", NASTY);
        context.registerService(EncodingStore.class, store, null);
        context.registerService(Enroller.class, store, null);
        Eraser eraser =
                names ->
                        store.delete(names).stream()
                                .map(p -> new ErasureReceipt(p, Instant.EPOCH, List.of()))
                                .toList();
        context.registerService(Eraser.class, eraser, null);
        context.registerService(PictureWriter.class, writer, null);
        context.registerService(Pipelines.class, Fakes.pipelines(), null);
        context.registerService(ModelRegistry.class, Fakes.models(), null);
        context.registerService(
                FaceDetector.class,
                Fakes.hog(),
                new Hashtable<>(Map.of(FaceDetector.METHOD, "hog")));
        context.registerService(FaceEncoder.class, Fakes.encoder(), Fakes.encoderOf("dlib", 1));
        context.registerService(FaceEncoder.class, Fakes.encoder(), Fakes.encoderOf("onnx", 2));
        context.registerService(Camera.class, Fakes.camera("front", CameraState.ONLINE, ""), null);
        ConditionSource source =
                () -> List.of(new Condition("broker", Condition.Level.OK, "on 127.0.0.1:1883"));
        context.registerService(ConditionSource.class, source, null);
        await(() -> get("/data.json", "").statusCode() == 401);
    }

    @BeforeEach
    void seeSomebody() throws Exception {
        for (RecognitionListener listener : listeners()) {
            listener.onResult(
                    Fakes.result(
                            Fakes.frame("front", 7, 1280, 960),
                            Fakes.face(new Box(200, 300, 500, 600), Fakes.match(NASTY, 0.41))));
            listener.onEvent(Fakes.event(RecognitionEvent.Type.NEW, 1, Fakes.match(NASTY, 0.41)));
            listener.onEvent(Fakes.event(RecognitionEvent.Type.NEW, 2, Fakes.stranger(0.71)));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        felix.close();
    }

    @Test
    void asksForPasswordEverywhere() throws Exception {
        HttpResponse<String> answer = get("/data.json", "");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).contains("Basic");
        assertThat(answer.body()).doesNotContain("Alice");
        assertThat(get("", "").statusCode()).isEqualTo(401);
        assertThat(get("/../bundles", "").statusCode()).isEqualTo(401);
    }

    @Test
    void standardPagesOpenWithThePassword() throws Exception {
        assertThat(get("/../bundles", login()).statusCode()).isEqualTo(200);
        assertThat(get("/../configMgr", login()).body())
                .contains("io.facegate.console")
                .contains("Facegate console");
    }

    @Test
    void passwordsWithinUrlsStayOutOfTheForm() throws Exception {
        String form = "/../configMgr/io.facegate.camera~x";
        String save = "apply=true&propertylist=location,width&width=640&location=";
        assertThat(send(post(form, save + "rtsp://me:s3cret@cam/x")).statusCode()).isEqualTo(302);
        assertThat(saved("io.facegate.camera~x")).contains("rtsp://me:s3cret@cam/x");
        for (String shown :
                List.of(
                        send(post(form, "")).body(),
                        get(form + ".json", login()).body(),
                        get("/../%63onfigMgr/*.json", login()).body(),
                        get(form, login()).body())) {
            assertThat(shown).doesNotContain("s3cret");
        }
        assertThat(send(post(form, "")).body())
                .contains("rtsp://***@cam/x")
                .contains("\"value\":\"640\"");
        assertThat(send(post(form, save + "rtsp://***@other/y")).statusCode()).isEqualTo(302);
        assertThat(saved("io.facegate.camera~x")).contains("rtsp://me:s3cret@other/y");
        assertThat(send(post(form, save + "rtsp://***@cam/***")).statusCode()).isEqualTo(400);
        assertThat(saved("io.facegate.camera~x")).contains("rtsp://me:s3cret@other/y");
        assertThat(send(post(form, "apply=true&delete=true")).statusCode()).isEqualTo(200);
    }

    /** The settings of a configuration, whose classes are those of the framework. */
    private static String saved(String pid) throws Exception {
        ServiceReference<?> reference =
                felix.context()
                        .getAllServiceReferences("org.osgi.service.cm.ConfigurationAdmin", null)[0];
        Class<?> type = reference.getBundle().loadClass("org.osgi.service.cm.ConfigurationAdmin");
        Object configuration =
                type.getMethod("getConfiguration", String.class, String.class)
                        .invoke(felix.context().getService(reference), pid, null);
        return reference
                .getBundle()
                .loadClass("org.osgi.service.cm.Configuration")
                .getMethod("getProperties")
                .invoke(configuration)
                .toString();
    }

    @Test
    void passwordIsRandomAndOnlyItsOwnerReadsIt() throws Exception {
        Path clear = felix.data.resolve("console.password");
        assertThat(password()).matches("[a-z2-9]{4}(-[a-z2-9]{4}){3}");
        for (Path file : List.of(clear, felix.data.resolve("console.auth"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(Files.readString(felix.data.resolve("console.auth"))).doesNotContain(password());
    }

    @Test
    void pageComesWithItsOwnScriptAndStyleOnly() throws Exception {
        HttpResponse<String> page = get("", login());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("src=\"/system/console/facegate/res/facegate.js\"")
                .contains("/system/console/facegate/res/facegate.css")
                .contains("id=\"fg\"")
                .doesNotContain("src=\"http");
        HttpResponse<String> script = get("/res/facegate.js", login());
        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(script.headers().firstValue("Content-Type").orElse("")).contains("javascript");
        assertThat(get("/res/facegate.css", login()).statusCode()).isEqualTo(200);
    }

    @Test
    void dataIsJsonWithEscapedNames() throws Exception {
        HttpResponse<String> answer = get("/data.json", login());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .isEqualTo("application/json;charset=utf-8");
        assertThat(answer.body()).doesNotContain("<script>").doesNotContain("</td>");
        JsonObject data = JsonParser.parseString(answer.body()).getAsJsonObject();
        assertThat(data.get("gateway").getAsString()).isEqualTo("test-0001");
        assertThat(data.getAsJsonArray("people").get(1).getAsJsonObject().get("name").getAsString())
                .isEqualTo(NASTY);
        JsonObject newest = data.getAsJsonArray("events").get(0).getAsJsonObject();
        assertThat(newest.get("name").isJsonNull()).isTrue();
        assertThat(newest.get("distance").getAsDouble()).isEqualTo(0.71);
        JsonObject camera = data.getAsJsonArray("cameras").get(0).getAsJsonObject();
        assertThat(camera.get("state").getAsString()).isEqualTo("online");
        assertThat(camera.getAsJsonArray("faces").get(0).getAsString()).isEqualTo(NASTY);
        JsonObject pipeline = data.getAsJsonArray("pipelines").get(0).getAsJsonObject();
        assertThat(pipeline.getAsJsonObject("counters").get("offered").getAsLong()).isEqualTo(1234);
        assertThat(data.getAsJsonArray("models")).hasSize(3);
        assertThat(data.getAsJsonArray("engines").toString())
                .contains("{\"stage\":\"detect\",\"method\":\"hog\"")
                .contains(
                        "\"engine\":\"onnx\",\"model\":\"dlib-resnet-v1\",\"version\":\"1.0.0\",\"inUse\":true")
                .contains(
                        "\"engine\":\"dlib\",\"model\":\"dlib-resnet-v1\",\"version\":\"1.0.0\",\"inUse\":false");
        assertThat(data.getAsJsonObject("process").get("residentBytes").getAsLong()).isPositive();
        assertThat(conditions(data)).contains("broker ok on 127.0.0.1:1883");
        assertThat(conditions(data)).contains("console ok " + felix.address());
    }

    @Test
    void peopleAreSentOnceForEachRevision() throws Exception {
        JsonObject data =
                JsonParser.parseString(get("/data.json", login()).body()).getAsJsonObject();
        String revision = data.get("peopleRevision").getAsString();
        assertThat(get("/data.json?people=" + revision, login()).body())
                .doesNotContain("\"people\":");
    }

    @Test
    void pictureIsMadeOnceForAllViewersAndScaledDown() throws Exception {
        String tag = settledTag();
        int made = writer.encoded.get();
        HttpResponse<byte[]> picture =
                client.send(
                        request("/picture.jpg?camera=front", login()).build(),
                        BodyHandlers.ofByteArray());
        assertThat(picture.statusCode()).isEqualTo(200);
        var image = ImageIO.read(new ByteArrayInputStream(picture.body()));
        assertThat(image.getWidth()).isEqualTo(640);
        assertThat(image.getHeight()).isEqualTo(480);
        assertThat(get("/picture.jpg?camera=front&after=" + tag, login()).statusCode())
                .isEqualTo(204);
        assertThat(get("/picture.jpg?camera=nobody", login()).statusCode()).isEqualTo(204);
        assertThat(writer.encoded.get()).isEqualTo(made);
    }

    /** Tag of the newest picture, once the rate limit lets it be made. */
    private static String settledTag() throws Exception {
        String[] tag = {""};
        await(
                () -> {
                    HttpResponse<String> answer =
                            get("/picture.jpg?camera=front&after=" + tag[0], login());
                    tag[0] = answer.headers().firstValue("X-Facegate-Tag").orElse(tag[0]);
                    Thread.sleep(250);
                    return answer.statusCode() == 204 && !tag[0].isEmpty();
                });
        return tag[0];
    }

    @Test
    void foreignSitesCannotChangeAnything() throws Exception {
        HttpRequest.Builder plain = post("action=delete&name=Alice");
        assertThat(send(plain).statusCode()).as("without the page's header").isEqualTo(403);
        assertThat(
                        send(post("action=delete&name=Alice")
                                        .header("X-Facegate", "1")
                                        .header("Origin", "http://evil.example"))
                                .statusCode())
                .isEqualTo(403);
        assertThat(
                        send(post("action=delete&name=Alice")
                                        .header("X-Facegate", "1")
                                        .header("Sec-Fetch-Site", "cross-site"))
                                .statusCode())
                .isEqualTo(403);
        HttpRequest standardPage =
                request("/../bundles", login())
                        .header("Origin", "http://evil.example")
                        .POST(HttpRequest.BodyPublishers.ofString("action=refreshPackages"))
                        .build();
        assertThat(client.send(standardPage, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
        assertThat(store.names()).contains("Alice");
    }

    @Test
    void peopleAreAddedRenamedAndDeleted() throws Exception {
        String boundary = "x7f3";
        String body =
                part(boundary, "action", "enrol")
                        + part(boundary, "name", "Zoë")
                        + "--"
                        + boundary
                        + "\r\nContent-Disposition: form-data; name=\"picture\";"
                        + " filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n"
                        + "p".repeat(200_000)
                        + "\r\n--"
                        + boundary
                        + "--\r\n";
        HttpRequest.Builder upload =
                request("/people", login())
                        .header("X-Facegate", "1")
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        HttpResponse<String> added = send(upload);
        assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
        assertThat(store.names()).contains("Zoë");
        HttpResponse<String> renamed =
                send(post("action=rename&name=Zo%C3%AB&to=Zara").header("X-Facegate", "1"));
        assertThat(renamed.statusCode()).as(renamed.body()).isEqualTo(200);
        assertThat(store.names()).contains("Zara").doesNotContain("Zoë");
        assertThat(send(post("action=delete&name=Zara").header("X-Facegate", "1")).statusCode())
                .isEqualTo(200);
        assertThat(store.names()).doesNotContain("Zara");
        HttpResponse<String> unknown =
                send(post("action=delete&name=Zara").header("X-Facegate", "1"));
        assertThat(unknown.statusCode()).isEqualTo(409);
        assertThat(unknown.body().trim()).isEqualTo("nobody is called Zara");
    }

    @Test
    void healthCheckTellsEveryCondition() throws Exception {
        ServiceReference<?> reference =
                felix.context()
                        .getAllServiceReferences(
                                "org.apache.felix.hc.api.HealthCheck", "(hc.tags=facegate)")[0];
        Object service = reference.getBundle().getBundleContext().getService(reference);
        Object result = service.getClass().getMethod("execute").invoke(service);
        assertThat(result.toString()).contains("broker: on 127.0.0.1:1883");
    }

    @Test
    void restartsTenTimesWithoutLeavingAThread() throws Exception {
        for (int i = 0; i < 10; i++) {
            felix.console.stop();
            assertThat(threads()).isEmpty();
            felix.console.start();
        }
        await(() -> get("/data.json", login()).statusCode() == 200);
        for (RecognitionListener listener : listeners()) {
            listener.onResult(Fakes.result(Fakes.frame("front", 8, 1280, 960)));
        }
        assertThat(get("/picture.jpg?camera=front", login()).statusCode()).isEqualTo(200);
    }

    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(n -> n.startsWith("facegate-"))
                .toList();
    }

    static List<String> conditions(JsonObject data) {
        List<String> all = new ArrayList<>();
        data.getAsJsonArray("conditions")
                .forEach(
                        c -> {
                            JsonObject o = c.getAsJsonObject();
                            all.add(
                                    o.get("part").getAsString()
                                            + " "
                                            + o.get("level").getAsString()
                                            + " "
                                            + o.get("message").getAsString());
                        });
        return all;
    }

    static List<RecognitionListener> listeners() throws Exception {
        // All: Felix takes a package the system bundle exports for another than its own.
        ServiceReference<?>[] all =
                felix.context().getAllServiceReferences(RecognitionListener.class.getName(), null);
        return Arrays.stream(all)
                .map(r -> (RecognitionListener) felix.context().getService(r))
                .toList();
    }

    static String password() throws Exception {
        return Files.readAllLines(felix.data.resolve("console.password")).get(0);
    }

    static String login() throws Exception {
        return "Basic " + Base64.getEncoder().encodeToString(("admin:" + password()).getBytes());
    }

    static HttpRequest.Builder request(String path, String authorization) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(felix.address() + path).normalize());
        return authorization.isEmpty() ? request : request.header("Authorization", authorization);
    }

    static HttpRequest.Builder post(String form) throws Exception {
        return post("/people", form);
    }

    private static HttpRequest.Builder post(String path, String form) throws Exception {
        return request(path, login())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    static HttpResponse<String> get(String path, String authorization) throws Exception {
        return send(request(path, authorization));
    }

    private static String part(String boundary, String name, String value) {
        return "--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\""
                + name
                + "\"\r\n\r\n"
                + value
                + "\r\n";
    }

    static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        Exception last = null;
        while (System.nanoTime() < deadline) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (java.io.IOException e) {
                last = e;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("not within 30 s", last);
    }
}
