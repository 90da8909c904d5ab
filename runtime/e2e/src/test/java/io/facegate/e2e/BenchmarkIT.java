// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.testing.Distribution;
import io.facegate.testing.Program;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code ./facegate benchmark}: that it works and tells of another answer, never how fast. */
class BenchmarkIT {
    private static final Duration DEADLINE = Duration.ofMinutes(4);
    private static final Path REPOSITORY = Distribution.repository();
    private static final Path SOURCES = REPOSITORY.resolve("runtime/benchmark/src");

    @TempDir Path folder;

    @Test
    void aStageIsMeasuredOnBothSidesWithTheSameAnswers() throws Exception {
        Program program = python("-m", "benchmark", "--quick", "--only", "encode", "--rounds", "1");
        assertThat(program.awaitExit(DEADLINE)).as(program.transcript()).isZero();
        assertThat(program.out()).anyMatch(line -> line.contains("different in 0"));
        assertThat(Files.size(folder.resolve("benchmark.png"))).isPositive();
        JsonObject result =
                JsonParser.parseString(Files.readString(folder.resolve("benchmark.json")))
                        .getAsJsonObject();
        JsonArray rows = result.getAsJsonArray("rows");
        assertThat(rows).hasSizeGreaterThanOrEqualTo(3);
        for (JsonElement element : rows) {
            JsonObject row = element.getAsJsonObject();
            JsonObject samples = row.getAsJsonObject("samples");
            assertThat(row.get("compared").getAsBoolean()).as(row.toString()).isTrue();
            assertThat(samples.getAsJsonArray("peer")).as(row.toString()).isNotEmpty();
            assertThat(samples.getAsJsonArray("facegate")).as(row.toString()).isNotEmpty();
        }
    }

    /**
     * Two engines never agree to the last bit, so a bound of 0 makes a difference of a real run.
     */
    @Test
    void anotherAnswerIsToldAndIsAFailure() throws Exception {
        String strict =
                "import sys; from benchmark import __main__, answers; answers.DESCRIPTOR = 0;"
                        + " sys.exit(__main__.main())";
        Program program = python("-c", strict, "--quick", "--only", "encode", "--rounds", "1");
        assertThat(program.awaitExit(DEADLINE)).as(program.transcript()).isEqualTo(1);
        assertThat(program.out()).anyMatch(line -> line.startsWith("DIFFERS: encode 1"));
    }

    @Test
    void everyOtherAnswerIsSeen() throws Exception {
        Program program =
                python(
                        "-m",
                        "unittest",
                        "discover",
                        "-s",
                        SOURCES.resolve("test/python").toString());
        assertThat(program.awaitExit(DEADLINE)).as(program.transcript()).isZero();
        assertThat(program.err()).anyMatch(line -> line.startsWith("Ran "));
    }

    @Test
    void mistakesInTheCommandAreExplained() throws Exception {
        for (String[] words :
                new String[][] {
                    {"--only", "nonsense"}, {"--rounds", "0"}, {"--clip", "none.mp4"}, {"more"}
                }) {
            List<String> command = new ArrayList<>();
            command.add(REPOSITORY.resolve("facegate").toString());
            command.add("benchmark");
            command.addAll(List.of(words));
            Program program = Program.start(Map.of(), command);
            assertThat(program.awaitExit(DEADLINE)).as(program.transcript()).isEqualTo(2);
            assertThat(program.err()).anyMatch(line -> line.contains("benchmark --help"));
            assertThat(program.out()).isEmpty();
        }
    }

    private Program python(String... words) throws Exception {
        String peer = System.getenv("FACEGATE_PEER");
        Assumptions.assumeTrue(
                peer != null, "skipped: the Python peer is not here; ./facegate test installs it");
        List<String> command = new ArrayList<>();
        command.add(Path.of(peer, "bin/python").toString());
        command.addAll(List.of(words));
        if (!List.of(words).contains("unittest")) {
            command.addAll(List.of("--output", folder.toString()));
        }
        return Program.start(
                Map.of(
                        "FACEGATE_ROOT",
                        REPOSITORY.toString(),
                        "PYTHONPATH",
                        SOURCES.resolve("main/python").toString(),
                        "PYTHONDONTWRITEBYTECODE",
                        "1"),
                command);
    }
}
