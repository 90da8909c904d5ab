// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

/** A virtual X server, and JVMs with windows on it, as the tests' own one is headless. */
final class XServer implements AutoCloseable {
    private final Process server;
    private final String display;

    private XServer(Process server, String display) {
        this.server = server;
        this.display = display;
    }

    /** Starts it, or skips the tests with the reason. */
    static XServer start() throws IOException {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/Xvfb"))
                        && Files.isExecutable(Path.of("/usr/bin/import")),
                "no virtual X server: install Debian's packages xvfb and imagemagick");
        assumeTrue(
                Files.exists(Path.of(System.getProperty("java.home"), "lib/libawt_xawt.so")),
                "this Java is headless: install default-jre");
        Process server =
                new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "800x600x24")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        return new XServer(server, ":" + server.inputReader().readLine());
    }

    String display() {
        return display;
    }

    /** Pixels of a colour on the screen, which is kept as a file. */
    int countPixels(Path screenshot, int rgb) throws Exception {
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

    @Override
    public void close() {
        end(server);
    }

    private static void end(Process process) {
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A JVM that answers each line with one. */
    static final class Demo implements AutoCloseable {
        private final Process process;
        private final BufferedReader answers;
        private final PrintStream orders;

        /**
         * Starts it.
         *
         * @param display empty: none
         */
        Demo(Class<?> main, String display, String property) throws IOException {
            ProcessBuilder builder =
                    new ProcessBuilder(
                            List.of(
                                    Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                    property,
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    main.getName()));
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

        @Override
        public void close() {
            end(process);
        }
    }
}
