// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;

import io.facegate.testing.Distribution;
import io.facegate.testing.Program;
import io.facegate.testing.SharedData;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.ZipFile;

/** Files in and out, with the distribution's commands and its real store. */
class ExchangeIT {
    private static final Duration DEADLINE = Duration.ofMinutes(4);

    @TempDir Path folder;

    @Test
    void aPickleOfPythonComesInGoesOutAndSurvivesInABackup() throws Exception {
        Path pickle = pickle("np2-arrays-p4.pickle");
        assertSays(facegate(0, "people", "import", pickle), "added 2 people and 3 encodings");
        JsonElement people = exported();
        assertThat(people.toString()).contains("\"name\":\"Zoë\"").contains("[-0.1953125,");
        assertSays(facegate(0, "people", "import", pickle), "nothing new; 3 were there already");

        Path written = folder.resolve("out.pickle");
        assertSays(facegate(0, "people", "export", written), "Exported 2 people with 3 encodings.");
        Path backup = folder.resolve("gallery.backup");
        assertSays(facegate(0, "backup", backup), "Backed up 2 people with 3 encodings and 0 face");

        facegate(0, "people", "delete", "Zoë");
        facegate(0, "people", "rename", "Ada Lovelace", "Countess");
        assertSays(facegate(0, "restore", backup), "Added 1 person and 1 encoding");
        assertThat(exported().toString()).contains("Countess", "Zoë").doesNotContain("Ada");
        assertSays(facegate(0, "restore", "--replace", backup), "as the backup");
        assertThat(exported()).isEqualTo(people);

        facegate(0, "people", "delete", "--all");
        assertSays(facegate(0, "people", "import", written), "added 2 people and 3 encodings");
    }

    @Test
    void whatIsHostileOrDamagedIsRefusedInOneLine() throws Exception {
        assertSays(
                facegate(0, "people", "import", pickle("py2-lists-p0.pickle")), "added 2 people");
        JsonElement people = exported();
        Path mark = folder.resolve("mark");
        Path evil =
                Files.writeString(
                        folder.resolve("evil.pickle"), "cos\nsystem\n(S'touch " + mark + "'\ntR.");
        assertRefused(facegate(1, "people", "import", evil), "refers to 'os.system'");
        assertThat(mark).doesNotExist();

        Path backup = folder.resolve("gallery.backup");
        facegate(0, "backup", backup);
        byte[] bytes = Files.readAllBytes(backup);
        bytes[bytes.length / 2] ^= 4;
        Files.write(backup, bytes);
        assertRefused(facegate(1, "restore", "--replace", backup), "its checksum is wrong");
        assertThat(exported()).isEqualTo(people);
    }

    @Test
    void faceChipsComeBackToo() throws Exception {
        Path photo = SharedData.file("photos/dlib/faces/Tom_Cruise_avp_2014_4.jpg");
        Path person = Files.createDirectories(folder.resolve("people/Tom"));
        Files.copy(photo, person.resolve("1.jpg"));
        facegate(0, "encode", "--dataset", folder.resolve("people"));
        Path backup = folder.resolve("gallery.backup");
        assertSays(facegate(0, "backup", backup), "1 person with 1 encoding and 1 face chip");
        facegate(0, "people", "delete", "Tom");
        assertSays(facegate(0, "restore", backup), "Added 1 person and 1 encoding");
        assertSays(facegate(0, "backup", backup), "1 person with 1 encoding and 1 face chip");
        Program again = facegate(0, "encode", "--dataset", folder.resolve("people"));
        assertThat(again.transcript()).contains("unchanged");
    }

    private Program facegate(int exit, Object... words) throws Exception {
        String[] texts =
                java.util.Arrays.stream(words).map(Object::toString).toArray(String[]::new);
        Program program = Gateway.command(folder.resolve("data"), DEADLINE, texts);
        assertThat(program.awaitExit(DEADLINE)).as(program.transcript()).isEqualTo(exit);
        return program;
    }

    private JsonElement exported() throws Exception {
        Program program = facegate(0, "people", "export");
        return JsonParser.parseString(String.join("\n", program.out()));
    }

    private static void assertSays(Program program, String message) {
        assertThat(String.join("\n", program.err())).contains(message);
    }

    private static void assertRefused(Program program, String why) {
        List<String> lines = program.err();
        assertThat(lines).as(program.transcript()).hasSize(1);
        assertThat(lines.get(0)).contains(" is refused").contains(why);
    }

    private Path pickle(String name) throws Exception {
        Path zip =
                Distribution.repository()
                        .resolve("bundles/exchange/src/test/resources/pickles/pickles.zip");
        Path file = folder.resolve(name);
        try (ZipFile all = new ZipFile(zip.toFile(), StandardCharsets.UTF_8)) {
            Files.write(file, all.getInputStream(all.getEntry(name)).readAllBytes());
        }
        return file;
    }
}
