// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;

import io.facegate.api.camera.Area;
import io.facegate.api.camera.WatchedAreas;
import io.facegate.api.frame.Box;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;

/** Zones and masks, drawn on a still in a real browser and saved into the configuration. */
class CameraAreasIT {
    private static final String DOOR = "door: 0.1,0.1 0.5,0.1 0.5,0.9";

    @TempDir static Path folder;
    static Object admin;
    static Object front;

    @BeforeAll
    static void start() throws Exception {
        ConsoleIT.launch(folder);
        BundleContext context = ConsoleIT.felix.context();
        // Felix takes the package that its bundle brings for another than the test's.
        ServiceReference<?> reference =
                context.getAllServiceReferences("org.osgi.service.cm.ConfigurationAdmin", null)[0];
        admin = context.getService(reference);
        front = create("front");
        create("yard");
    }

    @AfterAll
    static void stop() throws Exception {
        ConsoleIT.stop();
    }

    private static Class<?> type(String name) throws Exception {
        return admin.getClass().getClassLoader().loadClass("org.osgi.service.cm." + name);
    }

    private static Object create(String camera) throws Exception {
        Object made =
                type("ConfigurationAdmin")
                        .getMethod("createFactoryConfiguration", String.class, String.class)
                        .invoke(admin, "io.facegate.camera", "?");
        update(made, Map.of("camera.id", camera, "location", "rtsp://cam/1", ".password", "x y"));
        return made;
    }

    private static void update(Object configuration, Map<String, Object> properties)
            throws Exception {
        type("Configuration")
                .getMethod("update", Dictionary.class)
                .invoke(configuration, new Hashtable<>(properties));
    }

    @SuppressWarnings("unchecked")
    private static Dictionary<String, Object> properties() throws Exception {
        return (Dictionary<String, Object>)
                type("Configuration").getMethod("getProperties").invoke(front);
    }

    private static List<String> texts(String key) throws Exception {
        String[] texts = (String[]) properties().get(key);
        return texts == null ? List.of() : Arrays.asList(texts);
    }

    @BeforeEach
    void begin() throws Exception {
        Fakes.areas = WatchedAreas.EVERYWHERE;
        update(front, Map.of("camera.id", "front", "location", "rtsp://cam/1", ".password", "x y"));
        ConsoleIT.listeners()
                .get(0)
                .onResult(
                        Fakes.result(
                                Fakes.frame("front", 7, 640, 480),
                                Fakes.face(
                                        new Box(200, 100, 300, 200), Fakes.match("Alice", 0.4))));
    }

    private static HttpResponse<String> save(String camera, String... kindsAndTexts)
            throws Exception {
        StringBuilder form = new StringBuilder("camera=" + camera);
        for (int i = 0; i < kindsAndTexts.length; i += 2) {
            form.append('&')
                    .append(kindsAndTexts[i])
                    .append('=')
                    .append(URLEncoder.encode(kindsAndTexts[i + 1], StandardCharsets.UTF_8));
        }
        return ConsoleIT.send(
                ConsoleIT.request("/areas", ConsoleIT.login())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("X-Facegate", "1")
                        .POST(HttpRequest.BodyPublishers.ofString(form.toString())));
    }

    @Test
    void whatIsSavedIsInTheConfigurationAndTheRestStays() throws Exception {
        assertThat(save("front", "zone", DOOR, "mask", "0,0 1,0 1,0.2").statusCode())
                .isEqualTo(200);
        assertThat(texts("zones"))
                .containsExactly("door: 0.1000,0.1000 0.5000,0.1000 0.5000,0.9000");
        assertThat(texts("masks")).containsExactly("0.0000,0.0000 1.0000,0.0000 1.0000,0.2000");
        assertThat(properties().get("location")).isEqualTo("rtsp://cam/1");
        assertThat(properties().get(".password")).isEqualTo("x y");

        assertThat(save("front", "mask", "0,0 1,0 1,0.2").statusCode()).isEqualTo(200);
        assertThat(properties().get("zones")).isNull();
        assertThat(texts("masks")).hasSize(1);
    }

    @Test
    void whatIsWrongIsSaidAndNothingSaved() throws Exception {
        assertThat(refusal("front", "zone", "door: 0.1,0.1 0.5,0.1"))
                .isEqualTo("400 Zone \"door\": a polygon has 3 to 100 corners, not 2.");
        assertThat(refusal("front", "mask", "")).contains("A mask: a polygon has 3 to 100 corners");
        assertThat(refusal("front", "zone", "0.1,0.1 0.5,0.1 0.5,0.9"))
                .isEqualTo("400 A zone has no name: give it one.");
        assertThat(refusal("front", "zone", DOOR, "zone", DOOR))
                .isEqualTo("400 Two zones have the same name.");
        assertThat(refusal("front", "zone", "a:b: 0.1,0.1 0.5,0.1 0.5,0.9")).contains("colon");
        assertThat(refusal("front", "zone", "door: 0.1,0.1 1.5,0.1 0.5,0.9"))
                .contains("outside the picture");
        assertThat(refusal("front", "zone", "door: 0.1,0.1 0.2,0.2 0.5,0.5"))
                .isEqualTo("400 Zone \"door\" has no size: draw its corners apart.");
        assertThat(refusal("cellar", "zone", DOOR))
                .startsWith("409 Camera cellar has no configuration of io.facegate.camera");
        assertThat(properties().get("zones")).isNull();
        assertThat(ConsoleIT.get("/areas.json?camera=cellar", ConsoleIT.login()).statusCode())
                .isEqualTo(404);
        assertThat(ConsoleIT.get("/still.jpg?camera=cellar", ConsoleIT.login()).statusCode())
                .isEqualTo(404);
    }

    private static String refusal(String camera, String... kindsAndTexts) throws Exception {
        HttpResponse<String> answer = save(camera, kindsAndTexts);
        return answer.statusCode() + " " + answer.body().strip();
    }

    @Test
    void cameraTellsItsZonesAndSendsAStillWithoutBoxes() throws Exception {
        Fakes.areas = new WatchedAreas(List.of(Area.parse(DOOR)), List.of());
        assertThat(
                        JsonParser.parseString(
                                ConsoleIT.get("/areas.json?camera=front", ConsoleIT.login())
                                        .body()))
                .isEqualTo(
                        JsonParser.parseString(
                                "{\"zones\":[{\"name\":\"door\",\"corners\":[[0.1,0.1],[0.5,0.1],"
                                        + "[0.5,0.9]]}],\"masks\":[]}"));
        HttpResponse<String> still = ConsoleIT.get("/still.jpg?camera=front", ConsoleIT.login());
        assertThat(still.statusCode()).isEqualTo(200);
        assertThat(still.headers().firstValue("Content-Type")).contains("image/jpeg");
    }

    @Test
    void zonesAreDrawnByMouseFingerAndKeys() throws Exception {
        assumeTrue(
                Files.isExecutable(Browser.program()),
                "no browser: install Debian's package chromium");
        Fakes.areas =
                new WatchedAreas(
                        List.of(), List.of(Area.parse("0.7,0.1 0.95,0.1 0.95,0.4 0.7,0.4")));
        Browser browser = new Browser(Files.createDirectory(folder.resolve("profile")));
        try {
            browser.open(ConsoleIT.felix.address(), ConsoleIT.login(), 1280, 900, false);
            browser.awaitTrue(
                    "String(!!document.querySelector('.fg-card > button:not([hidden])'))");
            browser.evaluate("document.querySelector('.fg-card > button').click(); 1");
            browser.awaitTrue(
                    "String(document.querySelector('#fg-zones').open"
                            + " && document.querySelector('#fg-zones-still').naturalWidth > 0"
                            + " && document.querySelectorAll('#fg-zones-svg circle').length === 4)");
            browser.evaluate("document.querySelector('#fg-zones-zone').click(); 1");
            at(browser, "mousePressed", 0.2, 0.2);
            at(browser, "mouseReleased", 0.2, 0.2);
            at(browser, "mousePressed", 0.6, 0.2);
            at(browser, "mouseReleased", 0.6, 0.2);
            browser.evaluate("document.querySelector('#fg-zones-save').click(); 1");
            browser.awaitTrue(
                    "String(document.querySelector('#fg-zones-error').textContent"
                            + ".includes('3 to 100 corners'))");

            double[] place = place(browser, 0.5, 0.6);
            browser.tap(place[0], place[1]);
            browser.awaitTrue(corners(3));
            // the second corner is dragged
            at(browser, "mousePressed", 0.6, 0.2);
            at(browser, "mouseMoved", 0.5, 0.1);
            at(browser, "mouseReleased", 0.5, 0.1);
            // then moved, followed by another one, which is removed, by keys
            browser.key("ArrowRight", 39, 0);
            browser.key("ArrowDown", 40, 8);
            browser.key("Insert", 45, 0);
            browser.awaitTrue(corners(4));
            browser.key("Delete", 46, 0);
            browser.awaitTrue(corners(3));
            browser.screenshot(
                    Path.of(System.getProperty("facegate.bundle"))
                            .resolveSibling("console-zones.png"));
            browser.evaluate("document.querySelector('#fg-zones-save').click(); 1");
            browser.awaitTrue("String(!document.querySelector('#fg-zones').open)");

            assertThat(texts("masks")).hasSize(1);
            Area zone = Area.parse(texts("zones").get(0));
            assertThat(zone.name()).isEqualTo("zone 1");
            assertThat(zone.corners()).hasSize(3);
            assertNear(zone, 0, 0.2, 0.2);
            assertNear(zone, 1, 0.52, 0.102);
            assertNear(zone, 2, 0.5, 0.6);
        } finally {
            browser.close();
        }
    }

    private static String corners(int count) {
        return "String(document.querySelectorAll('#fg-zones-svg circle').length === " + count + ")";
    }

    private static void assertNear(Area area, int corner, double x, double y) {
        assertThat(Math.abs(area.corners().get(corner).x() - x)).isLessThan(0.004);
        assertThat(Math.abs(area.corners().get(corner).y() - y)).isLessThan(0.004);
    }

    private static void at(Browser browser, String type, double x, double y) throws Exception {
        double[] place = place(browser, x, y);
        browser.mouse(type, place[0], place[1]);
    }

    /** In the window, of a place in the picture. */
    private static double[] place(Browser browser, double x, double y) throws Exception {
        JsonArray box =
                JsonParser.parseString(
                                browser.evaluate(
                                        "(() => { const b = document.querySelector('#fg-zones-svg')"
                                                + ".getBoundingClientRect(); return JSON.stringify("
                                                + "[b.left, b.top, b.width, b.height]); })()"))
                        .getAsJsonArray();
        return new double[] {
            box.get(0).getAsDouble() + x * box.get(2).getAsDouble(),
            box.get(1).getAsDouble() + y * box.get(3).getAsDouble()
        };
    }
}
