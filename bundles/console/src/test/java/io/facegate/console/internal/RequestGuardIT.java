// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceReference;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Hashtable;

/** What stands in front of every page, asked as browsers and others do, byte by byte. */
class RequestGuardIT {
    private static final String BUNDLES = "/system/console/bundles";
    private static final String CONFIGURATION = "/system/console/configMgr/some.pid";
    private static final String SAVE = "apply=true&propertylist=a&a=1";

    @TempDir static Path folder;

    @BeforeAll
    static void start() throws Exception {
        ConsoleIT.launch(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        ConsoleIT.stop();
    }

    @Test
    void changesOfOtherSitesAreRefusedOnEveryPage() throws Exception {
        for (String page :
                new String[] {
                    BUNDLES, CONFIGURATION, "/system/console/facegate/people", "/health", "/"
                }) {
            for (String sign :
                    new String[] {
                        "Origin: http://evil.example",
                        "Origin: null",
                        "Origin: http://" + host() + ".evil.example",
                        "Sec-Fetch-Site: cross-site",
                        "Sec-Fetch-Site: same-site",
                        "Sec-Fetch-Site: cross-site\r\nOrigin: http://" + host()
                    }) {
                for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH"}) {
                    assertThat(ask(method, page, host(), sign, SAVE))
                            .as(method + " " + page + " " + sign)
                            .startsWith("HTTP/1.1 403")
                            .contains("a page of another site");
                }
            }
        }
    }

    @Test
    void ownPagesAndScriptsChangeThings() throws Exception {
        for (String sign :
                new String[] {
                    "X-Script: no browser",
                    "Origin: http://" + host(),
                    "Sec-Fetch-Site: same-origin\r\nOrigin: http://" + host()
                }) {
            assertThat(ask("POST", CONFIGURATION, host(), sign, SAVE))
                    .as(sign)
                    .startsWith("HTTP/1.1 302");
        }
        assertThat(ask("POST", CONFIGURATION, host(), "X-Script: 1", "apply=true&delete=true"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void namesOfOthersAreRefusedBeforeTheLogIn() throws Exception {
        for (String page :
                new String[] {BUNDLES, "/system/console/facegate/data.json", "/health"}) {
            assertThat(ask("GET", page, "evil.example:" + ConsoleIT.felix.port, "", ""))
                    .startsWith("HTTP/1.1 403")
                    .contains("not known by the name")
                    .contains("origins of io.facegate.console");
        }
        for (String name : new String[] {"localhost", "pi-door.local", "[::1]", "10.0.0.9"}) {
            assertThat(ask("GET", BUNDLES, name + ":" + ConsoleIT.felix.port, "", ""))
                    .as(name)
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void everyAnswerTellsBrowsersWhatPagesMayDo() throws Exception {
        for (String page : new String[] {BUNDLES, "/system/console/facegate", "/nothing"}) {
            assertThat(ask("GET", page, host(), "", ""))
                    .as(page)
                    .contains("frame-ancestors 'none'")
                    .contains("X-Frame-Options: DENY")
                    .contains("X-Content-Type-Options: nosniff")
                    .contains("Referrer-Policy: same-origin")
                    .contains("Cross-Origin-Resource-Policy: same-origin");
        }
        assertThat(ask("GET", BUNDLES, host(), "", "")).contains("default-src 'self'");
        assertThat(ask("GET", "/system/console/facegate", host(), "", ""))
                .contains("default-src 'self'")
                .doesNotContain("unsafe-eval");
    }

    @Test
    void configuredAddressesAreItsOwn() throws Exception {
        String proxy = "Origin: https://gate.example";
        assertThat(ask("POST", CONFIGURATION, host(), proxy, SAVE)).startsWith("HTTP/1.1 403");
        configure(new String[] {"https://gate.example", "gate.example"});
        try {
            ConsoleIT.await(
                    () ->
                            ask("POST", CONFIGURATION, host(), proxy, SAVE)
                                    .startsWith("HTTP/1.1 302"));
            assertThat(ask("GET", BUNDLES, "gate.example", "", "")).startsWith("HTTP/1.1 200");
            assertThat(ask("POST", CONFIGURATION, host(), "Origin: http://gate.example", SAVE))
                    .startsWith("HTTP/1.1 403");
            assertThat(
                            ask(
                                    "POST",
                                    CONFIGURATION,
                                    "gate.example",
                                    "Sec-Fetch-Site: cross-site\r\n" + proxy,
                                    SAVE))
                    .startsWith("HTTP/1.1 403");
            assertThat(ask("GET", "/system/console/facegate/data.json", host(), "", ""))
                    .contains("left out of origins of io.facegate.console");
        } finally {
            configure(new String[0]);
        }
        ConsoleIT.await(
                () -> ask("GET", BUNDLES, "gate.example", "", "").startsWith("HTTP/1.1 403"));
    }

    private static void configure(String[] origins) throws Exception {
        ServiceReference<?> reference =
                ConsoleIT.felix.context()
                        .getAllServiceReferences("org.osgi.service.cm.ConfigurationAdmin", null)[0];
        ClassLoader loader =
                ConsoleIT.felix.context().getService(reference).getClass().getClassLoader();
        Object configuration =
                loader.loadClass("org.osgi.service.cm.ConfigurationAdmin")
                        .getMethod("getConfiguration", String.class, String.class)
                        .invoke(
                                ConsoleIT.felix.context().getService(reference),
                                ConsoleConfig.PID,
                                null);
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put("origins", origins);
        loader.loadClass("org.osgi.service.cm.Configuration")
                .getMethod("update", java.util.Dictionary.class)
                .invoke(configuration, properties);
    }

    private static String host() {
        return "127.0.0.1:" + ConsoleIT.felix.port;
    }

    /** The whole answer to a request with exactly these headers and the log-in. */
    private static String ask(String method, String path, String host, String headers, String body)
            throws Exception {
        String request =
                method
                        + " "
                        + path
                        + " HTTP/1.1\r\nHost: "
                        + host
                        + "\r\nConnection: close\r\nAuthorization: "
                        + ConsoleIT.login()
                        + (headers.isEmpty() ? "" : "\r\n" + headers)
                        + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body;
        try (Socket socket = new Socket("127.0.0.1", ConsoleIT.felix.port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IOException(method + " " + path + " " + headers, e);
        }
    }
}
