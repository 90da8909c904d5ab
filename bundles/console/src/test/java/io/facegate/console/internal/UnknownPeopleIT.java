// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.api.sighting.LastSeen;
import io.facegate.api.sighting.Sightings;
import io.facegate.api.sighting.UnknownPeople;
import io.facegate.api.store.Person;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceRegistration;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import javax.imageio.ImageIO;

/** Unknown people on the page, over HTTP and in a real browser. */
class UnknownPeopleIT {
    @TempDir static Path folder;
    static final FakeStrangers strangers = new FakeStrangers();
    static final Map<UUID, LastSeen> seen = new HashMap<>();
    static ServiceRegistration<?> service;

    @BeforeAll
    static void start() throws Exception {
        ConsoleIT.launch(folder);
        service = ConsoleIT.felix.context().registerService(UnknownPeople.class, strangers, null);
        ConsoleIT.felix
                .context()
                .registerService(Sightings.class, (Sightings) () -> Map.copyOf(seen), null);
        ConsoleIT.await(() -> data("").getAsJsonObject("unknown").get("kept").getAsBoolean());
    }

    @AfterAll
    static void stop() throws Exception {
        ConsoleIT.stop();
    }

    private static JsonObject data(String query) throws Exception {
        return JsonParser.parseString(ConsoleIT.get("/data.json" + query, ConsoleIT.login()).body())
                .getAsJsonObject();
    }

    private static HttpResponse<String> change(String form, String... headers) throws Exception {
        HttpRequest.Builder request =
                ConsoleIT.request("/unknown", ConsoleIT.login())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return ConsoleIT.send(request);
    }

    private static HttpResponse<String> ask(String form) throws Exception {
        return change(form, "X-Facegate", "1");
    }

    @Test
    void listIsSentOnceForEachState() throws Exception {
        UUID id = strangers.add(1);
        JsonObject unknown = data("").getAsJsonObject("unknown");
        assertThat(unknown.get("list").toString())
                .contains("\"id\":\"" + id + "\",\"ignored\":false")
                .contains("\"camera\":\"front\",\"sightings\":1,\"faces\":[1]");
        String tag = unknown.get("tag").getAsString();
        assertThat(data("?unknown=" + tag).getAsJsonObject("unknown").has("list")).isFalse();
        strangers.setIgnored(id, true);
        assertThat(data("?unknown=" + tag).getAsJsonObject("unknown").has("list")).isTrue();
        strangers.forget(List.of(id));
    }

    @Test
    void lastSightingsAreSentOnce() throws Exception {
        Person alice = ConsoleIT.store.find("Alice").orElseThrow();
        seen.put(alice.id(), new LastSeen(alice.id(), Instant.ofEpochMilli(5000), "front"));
        JsonObject known = data("").getAsJsonObject("seen");
        assertThat(known.get("list").toString())
                .isEqualTo("[{\"id\":\"" + alice.id() + "\",\"at\":5000,\"camera\":\"front\"}]");
        assertThat(known.get("until").getAsLong()).isEqualTo(5000);
        assertThat(data("?seen=5000").getAsJsonObject("seen").getAsJsonArray("list")).isEmpty();
    }

    @Test
    void facesAreForThoseWithThePasswordOnly() throws Exception {
        assertThat(ConsoleIT.get("/face.png?id=1", "").statusCode()).isEqualTo(401);
        HttpResponse<byte[]> face =
                ConsoleIT.client.send(
                        ConsoleIT.request("/face.png?id=1", ConsoleIT.login()).build(),
                        BodyHandlers.ofByteArray());
        assertThat(face.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(face.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(ImageIO.read(new ByteArrayInputStream(face.body())).getWidth()).isEqualTo(150);
        assertThat(ConsoleIT.get("/face.png?id=999", ConsoleIT.login()).statusCode())
                .isEqualTo(404);
        assertThat(ConsoleIT.get("/face.png?id=x", ConsoleIT.login()).statusCode()).isEqualTo(400);
        assertThat(ConsoleIT.get("/face.png", ConsoleIT.login()).statusCode()).isEqualTo(400);
    }

    @Test
    void foreignSitesCannotChangeAnything() throws Exception {
        UUID id = strangers.add(2);
        String form = "action=forget&ids=" + id;
        assertThat(change(form).statusCode()).as("without the page's header").isEqualTo(403);
        assertThat(change(form, "X-Facegate", "1", "Origin", "http://evil.example").statusCode())
                .isEqualTo(403);
        assertThat(strangers.people()).anyMatch(p -> p.id().equals(id));
        assertThat(ask(form).body()).isEqualTo("1 unknown person is forgotten.\n");
        assertThat(strangers.people()).noneMatch(p -> p.id().equals(id));
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        UUID id = strangers.add(3);
        assertThat(ask("action=name&ids=" + id).body()).contains("A name is needed.");
        assertThat(ask("action=name&name=Bob&ids=").body()).contains("Choose somebody first.");
        assertThat(ask("action=name&name=Bob&ids=x").body()).contains("Choose somebody first.");
        assertThat(ask("action=dance&ids=" + id).body()).contains("Unknown action.");
        HttpResponse<String> nobody = ask("action=forget&ids=" + UUID.randomUUID());
        assertThat(nobody.statusCode()).isEqualTo(409);
        assertThat(nobody.body()).contains("there is no unknown person");
        strangers.forget(List.of(id));
    }

    @Test
    void severalAreNamedAsOnePersonInTheBrowser() throws Exception {
        assumeTrue(
                Files.isExecutable(Browser.program()),
                "no browser: install Debian's package chromium");
        Browser browser = new Browser(Files.createDirectory(folder.resolve("profile")));
        try {
            browser.open(ConsoleIT.felix.address(), ConsoleIT.login(), 1280, 1500, false);
            browser.awaitTrue(shows("Nobody unknown has been seen."));
            UUID first = strangers.add(4);
            UUID second = strangers.add(5);
            UUID third = strangers.add(6);
            browser.awaitTrue(shows("seen 6 times"));
            browser.awaitTrue(
                    "String([...document.querySelectorAll('#fg-unknown img')]"
                            + ".filter(i => i.naturalWidth === 150).length === 3)");
            screenshot(browser, "console-unknown.png");
            choose(browser, third);
            browser.evaluate("document.querySelector('#fg-unknown-ignore').click(); 1");
            browser.awaitTrue(shows("ignored"));
            assertThat(strangers.ignored(third)).isTrue();
            choose(browser, first);
            choose(browser, second);
            assertThat(browser.evaluate("document.querySelector('#fg-unknown-chosen').textContent"))
                    .isEqualTo("2 chosen");
            browser.evaluate(
                    "document.querySelector('#fg-unknown-name').value = ' Bob ';"
                            + "document.querySelector('#fg-unknown-do-name').click(); 1");
            ConsoleIT.await(() -> strangers.named.size() == 1);
            assertThat(strangers.named.get(0)).isEqualTo("Bob [" + first + ", " + second + "]");
            browser.awaitTrue(
                    "String(document.querySelectorAll('#fg-unknown .fg-face').length === 1)");
            assertThat(browser.evaluate("document.querySelector('#fg-note').textContent"))
                    .isEqualTo("Bob has 2 encodings now.");
            browser.evaluate("window.confirm = () => true; 1");
            choose(browser, third);
            assertThat(browser.evaluate("document.querySelector('#fg-unknown-ignore').textContent"))
                    .isEqualTo("Do not ignore");
            browser.evaluate("document.querySelector('#fg-unknown-forget').click(); 1");
            browser.awaitTrue(shows("Nobody unknown has been seen."));
        } finally {
            browser.close();
        }
    }

    private static void choose(Browser browser, UUID id) throws Exception {
        browser.evaluate(
                "[...document.querySelectorAll('#fg-unknown .fg-face')].find(c =>"
                        + " c.querySelector('p').title === '"
                        + id
                        + "').querySelector('input').click(); 1");
    }

    private static String shows(String text) {
        return "String(document.querySelector('#fg-unknown').textContent.includes('" + text + "'))";
    }

    private static void screenshot(Browser browser, String name) throws Exception {
        browser.screenshot(Path.of(System.getProperty("facegate.bundle")).resolveSibling(name));
    }
}
