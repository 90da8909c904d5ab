// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;

/** A real window on a virtual X server, in a JVM of its own as this one is headless. */
class WindowIT {
    static XServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = XServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void showsThePictureAndOutlivesItsWindow() throws Exception {
        try (XServer.Demo demo = demo(server.display(), "-Djava.awt.headless=false")) {
            Settings.await(() -> demo.tell("state").startsWith("OK window window=true"));
            Path screenshot = Path.of("target/display-window.png");
            Settings.await(
                    () -> {
                        demo.tell("offer");
                        return server.countPixels(screenshot, 0x336699) > 100_000;
                    });
            assertThat(server.countPixels(screenshot, 0x00ff00)).as("the box").isGreaterThan(400);
            demo.tell("close");
            Settings.await(
                    () -> {
                        demo.tell("offer");
                        return demo.tell("state").startsWith("DEGRADED the window was closed");
                    });
            assertThat(demo.tell("state")).endsWith("window=false thread=false");
        }
    }

    @Test
    void stopClosesTheWindow() throws Exception {
        try (XServer.Demo demo = demo(server.display(), "-Djava.awt.headless=false")) {
            Settings.await(() -> demo.tell("state").startsWith("OK window window=true"));
            demo.tell("stop");
            Settings.await(() -> demo.tell("state").endsWith("window=false thread=false"));
        }
    }

    @Test
    void saysWhichPropertyIsNeeded() throws Exception {
        try (XServer.Demo demo = demo(server.display(), "-Djava.awt.headless=true")) {
            Settings.await(() -> demo.tell("state").contains("no window in this JVM"));
            assertThat(demo.tell("state"))
                    .startsWith("DEGRADED")
                    .contains("start it with -Djava.awt.headless=false");
        }
    }

    @Test
    void saysThatTheDesktopIsGone() throws Exception {
        try (XServer.Demo demo = demo(":9876", "-Djava.awt.headless=false")) {
            Settings.await(() -> demo.tell("state").contains(":9876"));
            assertThat(demo.tell("state")).startsWith("DEGRADED").contains("desktop session");
        }
    }

    private static XServer.Demo demo(String display, String property) throws Exception {
        return new XServer.Demo(WindowDemo.class, display, property);
    }
}
