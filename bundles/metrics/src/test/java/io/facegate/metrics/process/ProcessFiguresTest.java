// SPDX-License-Identifier: Apache-2.0
package io.facegate.metrics.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

class ProcessFiguresTest {
    @TempDir Path folder;

    @Test
    void tellsOfThisProcess() {
        ProcessFigures figures = ProcessFigures.read();
        assertThat(figures.residentBytes().getAsLong())
                .isBetween(figures.heapUsedBytes() / 2, figures.virtualBytes().getAsLong());
        assertThat(figures.threads().getAsLong()).isGreaterThan(2);
        assertThat(figures.openFiles().getAsLong())
                .isBetween(3L, figures.maxOpenFiles().getAsLong());
        assertThat(figures.heapMaxBytes()).isGreaterThanOrEqualTo(figures.heapUsedBytes());
        assertThat(figures.cpuTime().orElseThrow()).isPositive();
        assertThat(figures.startedAt().orElseThrow()).isBefore(Instant.now());
    }

    @Test
    void readsKibibytesAsBytes() throws Exception {
        Files.writeString(
                folder.resolve("status"),
                "Name:\tjava\nVmSize:\t  900 kB\nVmRSS:\t  123 kB\nThreads:\t42\n");
        Files.writeString(
                folder.resolve("limits"),
                "Limit  Soft Limit  Hard Limit  Units\nMax open files  unlimited  unlimited  files\n");
        Files.createDirectories(folder.resolve("fd/0"));
        ProcessFigures figures = ProcessFigures.read(folder);
        assertThat(figures.residentBytes()).hasValue(123 * 1024);
        assertThat(figures.virtualBytes()).hasValue(900 * 1024);
        assertThat(figures.threads()).hasValue(42);
        assertThat(figures.openFiles()).hasValue(1);
        assertThat(figures.maxOpenFiles()).isEmpty();
    }

    @Test
    void leavesOutWhatTheSystemDoesNotTell() {
        ProcessFigures figures = ProcessFigures.read(folder.resolve("none"));
        assertThat(figures.residentBytes()).isEmpty();
        assertThat(figures.threads()).isEmpty();
        assertThat(figures.openFiles()).isEmpty();
    }
}
