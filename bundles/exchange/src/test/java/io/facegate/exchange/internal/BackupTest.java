// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.facegate.api.exchange.BackupInfo;
import io.facegate.api.exchange.ExchangeException;
import io.facegate.api.exchange.ExchangeFormat;
import io.facegate.api.exchange.RestoreReport;
import io.facegate.api.store.RestoreMode;
import io.facegate.api.store.StoreContents;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

class BackupTest {
    @TempDir Path folder;

    private final MemoryStore store = new MemoryStore();

    private ExchangeComponent exchange() {
        return new ExchangeComponent(store, folder.resolve("data"), "pi-4fbe");
    }

    @Test
    void whatIsBackedUpIsRestored() throws Exception {
        store.add("Ann", List.of());
        Path file = folder.resolve("gallery.backup");
        BackupInfo made = exchange().backup(file);
        assertThat(made.contents()).isEqualTo(new StoreContents(1, 7, 3));
        assertThat(made.gateway()).isEqualTo("pi-4fbe");
        assertThat(made.bytes()).isEqualTo(Files.size(file));

        RestoreReport report =
                exchange().restore(Files.newInputStream(file), "x", RestoreMode.REPLACE);
        assertThat(report.backup()).isEqualTo(made);
        assertThat(store.restored).isEqualTo("REPLACE the copy of a store");
        exchange().restore(Files.newInputStream(file), "x", RestoreMode.MERGE);
        assertThat(store.restored).startsWith("MERGE");
        assertThat(folder.resolve("data").toFile().list()).containsExactly("last-restore");
    }

    @Test
    void aCheckReadsTheWholeFileAndTakesNothingIn() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BackupInfo made = exchange().backup(out);
        byte[] whole = out.toByteArray();
        assertThat(exchange().check(Pickles.stream(whole), "b")).isEqualTo(made);
        assertThat(store.restored).isEmpty();
        whole[whole.length - 1] ^= 1;
        assertThatThrownBy(() -> exchange().check(Pickles.stream(whole), "b"))
                .isInstanceOf(ExchangeException.class)
                .hasMessage("b: it is damaged: its checksum is wrong");
    }

    @Test
    void theFileIsForItsOwnerAloneAndReplacesAnEarlierOne() throws Exception {
        Path file = folder.resolve("gallery.backup");
        Files.writeString(file, "an earlier one");
        exchange().backup(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).startsWith("FACEGATE-BACKUP 1\n{\"created_at\":\"");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(file, folder.resolve("data"));
        }
    }

    @Test
    void theCopyCanBeTakenOutWithoutFacegate() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        exchange().backup(out);
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text.split("\n", 4)[3]).isEqualTo("the copy of a store".repeat(5000));
    }

    @Test
    void everyByteThatIsNotAsItWasIsNoticed() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        exchange().backup(out);
        byte[] whole = out.toByteArray();
        for (int at = 0; at < whole.length; at += at < 300 ? 1 : 977) {
            byte[] bytes = whole.clone();
            bytes[at] ^= 1;
            assertRefused(bytes, "");
        }
    }

    @Test
    void everyTruncationIsNoticed() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        exchange().backup(out);
        byte[] whole = out.toByteArray();
        for (int length = 0; length < whole.length; length += length < 300 ? 1 : 977) {
            assertRefused(Arrays.copyOf(whole, length), "");
        }
        assertRefused(Arrays.copyOf(whole, whole.length - 1), "1 bytes are missing");
        assertRefused(Arrays.copyOf(whole, whole.length + 1), "more after its end");
    }

    @Test
    void aSizeThatIsOnlyClaimedIsRefused() {
        assertRefused(
                ("FACEGATE-BACKUP 1\n{\"created_at\":\"2026-11-23T21:30:00Z\",\"gateway\":\"g\","
                                + "\"people\":1,\"encodings\":1,\"chips\":1,"
                                + "\"bytes\":9000000000000000000}\n"
                                + "a".repeat(64)
                                + "\nx")
                        .getBytes(StandardCharsets.UTF_8),
                "make room");
        assertRefused(
                ("FACEGATE-BACKUP 1\n" + "x".repeat(100_000)).getBytes(StandardCharsets.UTF_8),
                "truncated");
    }

    @Test
    void whatCannotBeWrittenLeavesTheEarlierFileAsItWas() throws Exception {
        Path file = folder.resolve("people.json");
        Files.writeString(file, "an earlier one");
        assertThatThrownBy(
                        () ->
                                WholeFile.write(
                                        file,
                                        out -> {
                                            out.write(7);
                                            throw new IOException("the disk is full");
                                        }))
                .hasMessage("the disk is full");
        assertThat(Files.readString(file)).isEqualTo("an earlier one");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    /** As root, a whole file put in the place of /dev/null would be the end of it. */
    @Test
    void devicesAndPipesAreNotReplaced() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(
                new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0,
                "mkfifo makes pipes");
        assertThatThrownBy(() -> exchange().backup(pipe))
                .isInstanceOf(ExchangeException.class)
                .hasMessageContaining("is a device or a pipe");
        assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther()).isTrue();
    }

    @Test
    void placesThatAreNoneAreNamed() {
        assertThatThrownBy(() -> exchange().backup(folder.resolve("none/x.backup")))
                .isInstanceOf(ExchangeException.class)
                .hasMessageContaining("there is no folder");
        assertThatThrownBy(
                        () ->
                                exchange()
                                        .exportPeople(
                                                folder, ExchangeFormat.JSON, Optional.empty()))
                .isInstanceOf(ExchangeException.class)
                .hasMessageContaining("is a folder");
        OutputStream full =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("no space left");
                    }
                };
        assertThatThrownBy(() -> exchange().backup(full))
                .isInstanceOf(ExchangeException.class)
                .hasMessageContaining("no space left");
        assertThat(folder.resolve("data")).isEmptyDirectory();
    }

    private void assertRefused(byte[] file, String why) {
        store.restored = "";
        assertThatThrownBy(() -> exchange().restore(Pickles.stream(file), "b", RestoreMode.REPLACE))
                .isInstanceOf(ExchangeException.class)
                .hasMessageStartingWith("b is refused, nothing was changed: ")
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
        assertThat(store.restored).isEmpty();
        assertThat(folder.resolve("data").toFile().list()).isIn(null, new String[0]);
    }
}
