// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.imageio.ImageIO;

/** A real window on a virtual X server, in a JVM of its own as this one is headless. */
class WindowIT {
    static Process server;
    static String display;

    @BeforeAll
    static void startServer() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/Xvfb"))
                        && Files.isExecutable(Path.of("/usr/bin/import")),
                "no virtual X server: install Debian's packages xvfb and imagemagick");
        assumeTrue(
                Files.exists(Path.of(System.getProperty("java.home"), "lib/libawt_xawt.so")),
                "this Java is headless: install openjdk-17-jre");
        server =
                new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "800x600x24")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        display = ":" + server.inputReader().readLine();
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.destroy();
            server.waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void showsThePictureAndOutlivesItsWindow() throws Exception {
        Demo demo = new Demo(display, "-Djava.awt.headless=false");
        try {
            Settings.await(() -> demo.tell("state").startsWith("OK window window=true"));
            Path screenshot = Path.of("target/display-window.png");
            Settings.await(
                    () -> {
                        demo.tell("offer");
                        return countPixels(screenshot, 0x336699) > 100_000;
                    });
            assertThat(countPixels(screenshot, 0x00ff00)).as("the box").isGreaterThan(400);
            demo.tell("close");
            Settings.await(
                    () -> {
                        demo.tell("offer");
                        return demo.tell("state").startsWith("DEGRADED the window was closed");
                    });
            assertThat(demo.tell("state")).endsWith("window=false thread=false");
        } finally {
            demo.end();
        }
    }

    @Test
    void stopClosesTheWindow() throws Exception {
        Demo demo = new Demo(display, "-Djava.awt.headless=false");
        try {
            Settings.await(() -> demo.tell("state").startsWith("OK window window=true"));
            demo.tell("stop");
            Settings.await(() -> demo.tell("state").endsWith("window=false thread=false"));
        } finally {
            demo.end();
        }
    }

    @Test
    void saysWhichPropertyIsNeeded() throws Exception {
        Demo demo = new Demo(display, "-Djava.awt.headless=true");
        try {
            Settings.await(() -> demo.tell("state").contains("no window in this JVM"));
            assertThat(demo.tell("state"))
                    .startsWith("DEGRADED")
                    .contains("start it with -Djava.awt.headless=false");
        } finally {
            demo.end();
        }
    }

    @Test
    void saysThatTheDesktopIsGone() throws Exception {
        Demo demo = new Demo(":9876", "-Djava.awt.headless=false");
        try {
            Settings.await(() -> demo.tell("state").contains(":9876"));
            assertThat(demo.tell("state")).startsWith("DEGRADED").contains("desktop session");
        } finally {
            demo.end();
        }
    }

    private static int countPixels(Path screenshot, int rgb) throws Exception {
        Process shot =
                new ProcessBuilder(
                                "import",
                                "-display",
                                display,
                                "-window",
                                "root",
                                screenshot.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(shot.waitFor(20, TimeUnit.SECONDS)).isTrue();
        BufferedImage image = ImageIO.read(screenshot.toFile());
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if ((image.getRGB(x, y) & 0xffffff) == rgb) {
                    count++;
                }
            }
        }
        return count;
    }

    private static final class Demo {
        private final Process process;
        private final BufferedReader answers;
        private final PrintStream orders;

        Demo(String display, String property) throws IOException {
            ProcessBuilder builder =
                    new ProcessBuilder(
                            List.of(
                                    Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                    property,
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    WindowDemo.class.getName()));
            builder.environment().put("DISPLAY", display);
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
            process = builder.start();
            answers = new BufferedReader(new InputStreamReader(process.getInputStream()));
            orders = new PrintStream(process.getOutputStream(), true);
        }

        String tell(String order) throws IOException {
            orders.println(order);
            String answer = answers.readLine();
            if (answer == null) {
                throw new IOException("the JVM ended");
            }
            return answer;
        }

        void end() throws InterruptedException {
            process.destroy();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }
}
