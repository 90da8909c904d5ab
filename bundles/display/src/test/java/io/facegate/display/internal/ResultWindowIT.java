// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;

/** The window of commands on a virtual X server. */
class ResultWindowIT {
    private static final int BLUE = 0x336699;
    private static final int BROWN = 0x996633;

    static XServer server;
    static XServer.Demo demo;

    private final Path screenshot = Path.of("target/result-window.png");

    @BeforeAll
    static void startServer() throws Exception {
        server = XServer.start();
        demo =
                new XServer.Demo(
                        ResultWindowDemo.class, server.display(), "-Djava.awt.headless=false");
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (demo != null) {
            demo.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void closeWindow() throws Exception {
        demo.tell("close");
    }

    @Test
    void showsOnePictureAfterTheOtherWithItsBoxes() throws Exception {
        assertThat(demo.tell("open 480 320")).isEqualTo("closed=false window=true");
        demo.tell("show " + BLUE);
        Settings.await(() -> server.countPixels(screenshot, BLUE) > 100_000);
        assertThat(server.countPixels(screenshot, 0x00ff00)).as("the box").isGreaterThan(400);
        demo.tell("show " + BROWN);
        Settings.await(() -> server.countPixels(screenshot, BROWN) > 100_000);
        assertThat(server.countPixels(screenshot, BLUE)).isZero();
        demo.tell("close");
        Settings.await(() -> demo.tell("state").equals("closed=true window=false"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SPACE", "ENTER", "N", "RIGHT"})
    void aKeyAsksForTheNextPicture(String key) throws Exception {
        demo.tell("open 480 320");
        demo.tell("show " + BLUE);
        demo.tell("await PT1H");
        demo.tell("key SHIFT");
        assertThat(demo.tell("awaited")).isEqualTo("waiting");
        Settings.await(
                () -> {
                    demo.tell("key " + key);
                    return demo.tell("awaited").equals("NEXT");
                });
    }

    @Test
    void aKeyPressedBeforeAnybodyWaitsCountsForItsPictureOnly() throws Exception {
        demo.tell("open 480 320");
        demo.tell("show " + BLUE);
        demo.tell("key SPACE");
        demo.tell("await PT1H");
        Settings.await(() -> demo.tell("awaited").equals("NEXT"));
        demo.tell("key SPACE");
        demo.tell("show " + BROWN);
        demo.tell("await PT0.01S");
        Settings.await(() -> demo.tell("awaited").equals("NONE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"key Q", "key ESCAPE", "button"})
    void theUserClosesTheWindowWhileItWaits(String how) throws Exception {
        demo.tell("open 480 320");
        demo.tell("show " + BLUE);
        demo.tell("await PT1H");
        demo.tell(how);
        Settings.await(() -> demo.tell("awaited").equals("CLOSED"));
        assertThat(demo.tell("show " + BROWN)).isEqualTo("closed=true window=false");
    }

    @Test
    void waitingEndsWithItsTime() throws Exception {
        demo.tell("open 480 320");
        demo.tell("await PT0.01S");
        Settings.await(() -> demo.tell("awaited").equals("NONE"));
    }

    @Test
    void aPictureLargerThanTheDesktopIsShownWhole() throws Exception {
        demo.tell("open 4800 3200");
        demo.tell("show " + BLUE);
        Settings.await(() -> server.countPixels(screenshot, BLUE) > 250_000);
        assertThat(server.countPixels(screenshot, 0x00ff00)).as("the box").isGreaterThan(800);
    }

    @Test
    void theOldPictureIsDrawnAnewWhenTheWindowGrows() throws Exception {
        demo.tell("open 240 160");
        demo.tell("show " + BLUE);
        Settings.await(() -> server.countPixels(screenshot, BLUE) > 30_000);
        demo.tell("await PT1H");
        demo.tell("resize 600 400");
        Settings.await(() -> server.countPixels(screenshot, BLUE) > 180_000);
    }

    @Test
    void saysWhatToDoWithoutADesktop() throws Exception {
        try (XServer.Demo none = new XServer.Demo(ResultWindowDemo.class, "", "-Dfacegate.none=")) {
            assertThat(none.tell("open 480 320"))
                    .isEqualTo(
                            "no window without a desktop (DISPLAY is not set): start the command"
                                    + " in a desktop session, or write files with --output");
        }
        try (XServer.Demo none =
                new XServer.Demo(ResultWindowDemo.class, ":9876", "-Dfacegate.none=")) {
            assertThat(none.tell("open 480 320"))
                    .startsWith("no window on display :9876")
                    .endsWith(
                            "start the command in a desktop session, or write files with --output");
        }
    }
}
