// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.testing.Machine;
import io.facegate.testing.Program;
import io.facegate.testing.SharedData;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.CRC32;

import javax.imageio.ImageIO;

/** The distribution's commands as a user types them. */
class CommandLineIT {
    private static final Duration DEADLINE = Duration.ofMinutes(4);

    @TempDir Path folder;

    @Test
    void everyBadPictureIsNamedWithItsReasonAndTheGoodOnesAreDone() throws Exception {
        Path good = SharedData.file("photos/dlib/faces/Tom_Cruise_avp_2014_4.jpg");
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        Files.copy(good, pictures.resolve("good.jpg"));
        Files.createFile(pictures.resolve("zero-byte.jpg"));
        Files.writeString(pictures.resolve("text.jpg"), "this is no picture");
        byte[] whole = Files.readAllBytes(good);
        Files.write(
                pictures.resolve("truncated.jpg"),
                java.util.Arrays.copyOf(whole, whole.length / 2));
        Files.write(pictures.resolve("huge.png"), pngHeader(60_000, 60_000));
        // allowed as pictures go, but more than the heap
        Files.write(pictures.resolve("large.png"), pngHeader(9_900, 9_900));
        BufferedImage faceless = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 64; x++) {
            faceless.setRGB(x, x, 0x030201 * x);
        }
        ImageIO.write(faceless, "gif", pictures.resolve("faceless.gif").toFile());
        Program recognize = facegate("recognize", "--image", pictures.toString(), "--json");
        assertThat(recognize.awaitExit(DEADLINE)).as(recognize.transcript()).isEqualTo(1);
        assertThat(recognize.out()).hasSize(2);
        assertThat(recognize.out())
                .anyMatch(line -> line.contains("good.jpg") && line.contains("\"box\""));
        for (String bad :
                List.of("zero-byte.jpg", "text.jpg", "truncated.jpg", "huge.png", "large.png")) {
            assertThat(recognize.err().stream().filter(line -> line.contains(bad)))
                    .as(bad + "\n" + recognize.transcript())
                    .hasSize(1);
        }
        assertThat(recognize.err()).noneMatch(line -> line.contains("\tat "));
    }

    @Test
    void mistakesInTheCommandAreExplained() throws Exception {
        for (String[] words :
                new String[][] {
                    {"recognise"},
                    {"recognize"},
                    {"recognize", "--image", "x.jpg", "--tolerance", "lots"},
                    {"encode", "--frobnicate"},
                    {"people", "rename", "one"}
                }) {
            Program program = facegate(words);
            assertThat(program.awaitExit(DEADLINE)).as(String.join(" ", words)).isEqualTo(2);
            assertThat(program.out()).as(String.join(" ", words)).isEmpty();
            assertThat(String.join("\n", program.err()).toLowerCase())
                    .contains("usage")
                    .doesNotContain("exception");
        }
    }

    @Test
    void settingsOfRecognitionAreCheckedBeforeTheyAreKept() throws Exception {
        for (String[] words :
                new String[][] {
                    {"run", "--tolerance", "much"},
                    {"run", "--tolerance", "100.1"},
                    {"run", "--broker", "http://pi"},
                    {"run", "--broker", "tcp://pi,ftp://pi"},
                    {"run", "--tolerance=0"},
                    {"run", "--upsample", "3"},
                    {"run", "--min-face", "big"},
                    {"run", "--detection-method", "hug"},
                    {"run", "--strategy", "guess"}
                }) {
            Program program = facegate(words);
            assertThat(program.awaitExit(DEADLINE)).as(String.join(" ", words)).isEqualTo(2);
            assertThat(program.err()).as(String.join(" ", words)).hasSize(1);
        }
        assertThat(folder.resolve("data/conf")).doesNotExist();
    }

    /** A file of configuration takes 1 for the bits of a number. */
    @Test
    void toleranceOfTheGatewayIsThatOfCommands() throws Exception {
        Path data = folder.resolve("data/demo");
        for (String[] one : new String[][] {{"1", "1.0"}, {".5", "0.5"}}) {
            try (Program gateway =
                    Gateway.run(
                            folder.resolve("data"),
                            "--tolerance",
                            one[0],
                            "--broker-port",
                            Integer.toString(Machine.freePort()),
                            "--port",
                            Integer.toString(Machine.freePort()))) {
                gateway.awaitErr(line -> line.contains("people"), DEADLINE);
                Program check = Gateway.command(data, DEADLINE, "people", "check");
                assertThat(check.awaitExit(DEADLINE)).as(check.transcript()).isZero();
                assertThat(String.join("", check.err()))
                        .contains("at tolerance " + one[1] + " (as the gateway");
            }
            Program calibrate = Gateway.command(data, DEADLINE, "calibrate", "--json");
            assertThat(calibrate.awaitExit(DEADLINE)).as(calibrate.transcript()).isZero();
            assertThat(String.join("", calibrate.out()))
                    .contains("\"tolerance\":" + one[1], "\"tolerance_from\":\"configuration\"");
        }
    }

    @Test
    void aMissingPictureIsRefused() throws Exception {
        Program program = facegate("recognize", "--image", folder.resolve("none.jpg").toString());
        assertThat(program.awaitExit(DEADLINE)).isEqualTo(1);
        assertThat(program.err()).anyMatch(line -> line.contains("none.jpg"));
    }

    @Test
    void helpIsData() throws Exception {
        Program program = facegate("--help");
        assertThat(program.awaitExit(DEADLINE)).isZero();
        assertThat(String.join("\n", program.out()))
                .contains("encode", "recognize", "people", "run");
    }

    private Program facegate(String... words) throws Exception {
        return Gateway.command(folder.resolve("data"), DEADLINE, words);
    }

    /** A PNG that claims a size and has no pixels. */
    private static byte[] pngHeader(int width, int height) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(chunk);
        data.write("IHDR".getBytes(StandardCharsets.US_ASCII));
        data.writeInt(width);
        data.writeInt(height);
        data.write(new byte[] {8, 2, 0, 0, 0});
        CRC32 crc = new CRC32();
        crc.update(chunk.toByteArray());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(file);
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        out.writeInt(13);
        out.write(chunk.toByteArray());
        out.writeInt((int) crc.getValue());
        return file.toByteArray();
    }
}
