// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKind;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.model.ModelState;
import io.facegate.api.store.Addition;
import io.facegate.command.internal.fake.FakeBackups;
import io.facegate.command.internal.fake.FakeExchange;
import io.facegate.command.internal.fake.FakeParts;
import io.facegate.command.internal.fake.Terminal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class ExchangeCommandsTest {
    @TempDir Path folder;

    private final FakeExchange exchange = new FakeExchange();
    private final FakeParts parts = new FakeParts(exchange);
    private final Terminal terminal = new Terminal(parts);

    @Test
    void importSaysWhatCameIn() throws Exception {
        Path file = Files.writeString(folder.resolve("encodings.pickle"), "content");
        assertThat(terminal.run("people", "import", file)).isZero();
        assertThat(exchange.asked).isEqualTo("import encodings.pickle content");
        assertThat(terminal.err()).isEqualTo(file + " (pickle): added 2 people and 5 encodings.\n");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void importOfWhatIsThereSaysSo() throws Exception {
        Path file = Files.writeString(folder.resolve("encodings.pickle"), "content");
        exchange.addition = new Addition(0, 2, 0, 5);
        assertThat(terminal.run("people", "import", file)).isZero();
        assertThat(terminal.err())
                .isEqualTo(file + " (pickle): nothing new; 5 were there already.\n");
    }

    @Test
    void importReadsStandardInputAndNamesTheModel() {
        ModelInfo info = new ModelInfo("mine", ModelKind.ENCODER, "onnx", "1.0.0", "ab", "cd");
        ModelRegistry registry = () -> List.of(new ModelState(info, ModelState.State.ACCEPTED, ""));
        parts.add(registry);
        terminal.in = new ByteArrayInputStream("typed".getBytes(StandardCharsets.UTF_8));
        assertThat(terminal.run("people", "import", "-", "--model", "mine")).isZero();
        assertThat(exchange.asked).isEqualTo("import standard input typed mine");
        assertThat(terminal.run("people", "import", "-", "--model", "x:" + "ab".repeat(32)))
                .isZero();
        assertThat(exchange.asked).endsWith(" x");
        assertThat(terminal.run("people", "import", "-", "--model", "none")).isEqualTo(1);
        assertThat(terminal.err()).endsWith("facegate model list shows those there are.\n");
    }

    @Test
    void aRefusalIsOneLineAndTheExitCodeSaysIt() throws Exception {
        Path file = Files.writeString(folder.resolve("encodings.pickle"), "content");
        exchange.refusal = "encodings.pickle is refused: it refers to 'os.system'";
        assertThat(terminal.run("people", "import", file)).isEqualTo(1);
        assertThat(terminal.err()).isEqualTo(exchange.refusal + "\n");
        assertThat(terminal.run("restore", file)).isEqualTo(1);
        assertThat(terminal.run("backup", file)).isEqualTo(1);
        assertThat(terminal.run("people", "export", file)).isEqualTo(1);
    }

    @Test
    void aFileThatIsNoneIsNamed() {
        assertThat(terminal.run("people", "import", folder.resolve("none"))).isEqualTo(1);
        assertThat(terminal.run("restore", folder)).isEqualTo(1);
        assertThat(terminal.err())
                .isEqualTo(
                        "There is no file "
                                + folder.resolve("none")
                                + ".\n"
                                + folder
                                + " is a folder.\n");
    }

    @Test
    void exportGoesToStandardOutputAsJsonOrAsAskedFor() {
        assertThat(terminal.run("people", "export")).isZero();
        assertThat(terminal.out()).isEqualTo("JSON");
        assertThat(terminal.err())
                .isEqualTo(
                        "Exported 2 people with 5 encodings; 1 of other models were left out.\n");
        assertThat(terminal.run("people", "export", "-", "--format", "pickle")).isZero();
        assertThat(terminal.out()).isEqualTo("JSONPICKLE");
    }

    @Test
    void theEndingOfAFileTellsTheFormat() {
        assertThat(terminal.run("people", "export", folder.resolve("e.pickle"))).isZero();
        assertThat(exchange.asked).isEqualTo("export e.pickle PICKLE");
        assertThat(terminal.run("people", "export", folder.resolve("e.json"))).isZero();
        assertThat(exchange.asked).isEqualTo("export e.json JSON");
        assertThat(terminal.run("people", "export", folder.resolve("e.json"), "--format=pickle"))
                .isZero();
        assertThat(exchange.asked).isEqualTo("export e.json PICKLE");
        assertThat(terminal.err()).startsWith("Exported 1 person with 1 encoding.\n");
    }

    @Test
    void backupGoesToAFileOrToStandardOutput() {
        assertThat(terminal.run("backup", folder.resolve("g.backup"))).isZero();
        assertThat(exchange.asked).isEqualTo("backup g.backup");
        assertThat(terminal.err())
                .isEqualTo("Backed up 2 people with 5 encodings and 1 face chip (1.2 MB).\n");
        assertThat(terminal.run("backup", "-")).isZero();
        assertThat(terminal.out()).isEqualTo("the backup");
    }

    @Test
    void theGatewaysOwnBackupsAreListedMadeAndRestored() throws Exception {
        FakeBackups backups = new FakeBackups();
        parts.add(backups);
        assertThat(terminal.run("backup", "list")).isZero();
        assertThat(terminal.err()).contains("none yet");
        assertThat(terminal.run("restore", "--newest")).isEqualTo(1);
        assertThat(terminal.err()).contains("no good backup");
        Path file = Files.writeString(folder.resolve("own.backup"), "content");
        backups.add(file, "");
        backups.add(folder.resolve("torn.backup"), "it is truncated");
        assertThat(terminal.run("backup", "list")).isZero();
        assertThat(terminal.out())
                .contains("good   2 people with 5 encodings and 1 face chip (1.2 MB)  " + file)
                .contains("bad    it is truncated ");
        assertThat(terminal.run("backup", "now")).isZero();
        assertThat(terminal.err()).contains("Backed up 2 people").contains("own.backup.");
        assertThat(terminal.run("restore", "--newest")).isZero();
        assertThat(exchange.asked).isEqualTo("restore own.backup content MERGE");
        assertThat(terminal.run("restore", "--newest", file)).isEqualTo(2);
    }

    @Test
    void restoreMergesUnlessToldToReplace() throws Exception {
        Path file = Files.writeString(folder.resolve("g.backup"), "content");
        exchange.addition = new Addition(1, 1, 3, 2);
        assertThat(terminal.run("restore", file)).isZero();
        assertThat(exchange.asked).isEqualTo("restore g.backup content MERGE");
        assertThat(terminal.err())
                .endsWith(
                        "Added 1 person and 3 encodings (1 of the people were there); 2 encodings"
                                + " were there already.\n");
        assertThat(terminal.run("restore", file, "--merge")).isZero();
        assertThat(terminal.run("restore", "--replace", file)).isZero();
        assertThat(exchange.asked).endsWith("REPLACE");
        assertThat(terminal.err()).endsWith("The gallery is as the backup.\n");
        assertThat(terminal.run("restore", "--replace", "--merge", file)).isEqualTo(2);
        assertThat(terminal.run("restore")).isEqualTo(2);
        assertThat(terminal.run("backup")).isEqualTo(2);
        assertThat(terminal.run("people", "import")).isEqualTo(2);
        assertThat(terminal.run("people", "export", "--format", "yaml")).isEqualTo(2);
    }
}
