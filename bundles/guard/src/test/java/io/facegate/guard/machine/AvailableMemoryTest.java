// SPDX-License-Identifier: Apache-2.0
package io.facegate.guard.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is left of a machine, and of control groups of both versions. */
class AvailableMemoryTest {
    private static final long MB = 1 << 20;

    @TempDir Path root;
    private KernelFiles files;

    @BeforeEach
    void machine() throws Exception {
        files = new KernelFiles(root);
        write("proc/meminfo", "MemTotal:  1024000 kB\nMemAvailable:  409600 kB\n");
    }

    @Test
    void machineAlone() {
        assertThat(available()).isEqualTo(new AvailableMemory(400 * MB, false));
    }

    @Test
    void groupOfAService() throws Exception {
        write("proc/self/cgroup", "0::/system.slice/facegate.service\n");
        group("sys/fs/cgroup/system.slice/facegate.service", 300 * MB, 250 * MB, 20 * MB);
        assertThat(available()).isEqualTo(new AvailableMemory(70 * MB, true));
    }

    @Test
    void groupAboveItThatLeavesLess() throws Exception {
        write("proc/self/cgroup", "0::/system.slice/facegate.service\n");
        group("sys/fs/cgroup/system.slice/facegate.service", 300 * MB, 250 * MB, 0);
        group("sys/fs/cgroup/system.slice", 260 * MB, 250 * MB, 0);
        assertThat(available()).isEqualTo(new AvailableMemory(10 * MB, true));
    }

    @Test
    void groupWithoutALimitOrWithMoreThanTheMachine() throws Exception {
        write("proc/self/cgroup", "0::/a\n");
        write("sys/fs/cgroup/a/memory.max", "max\n");
        write("sys/fs/cgroup/a/memory.current", "1\n");
        assertThat(available().limited()).isFalse();
        group("sys/fs/cgroup/a", 900 * MB, 100 * MB, 0);
        assertThat(available()).isEqualTo(new AvailableMemory(400 * MB, false));
    }

    @Test
    void containerSeesItsOwnGroupAsTheRoot() throws Exception {
        write("proc/self/cgroup", "0::/\n");
        group("sys/fs/cgroup", 200 * MB, 180 * MB, 5 * MB);
        assertThat(available()).isEqualTo(new AvailableMemory(25 * MB, true));
    }

    @Test
    void groupOfVersionOne() throws Exception {
        write("proc/self/cgroup", "5:cpu,cpuacct:/x\n4:memory:/docker/ab\n0::/x\n");
        String group = "sys/fs/cgroup/memory/docker/ab/";
        write(group + "memory.limit_in_bytes", "" + 100 * MB);
        write(group + "memory.usage_in_bytes", "" + 90 * MB);
        write(group + "memory.stat", "cache 1\ntotal_inactive_file " + 15 * MB + "\n");
        assertThat(available()).isEqualTo(new AvailableMemory(25 * MB, true));
    }

    @Test
    void kernelThatSaysNothing() throws Exception {
        Files.delete(root.resolve("proc/meminfo"));
        assertThat(AvailableMemory.of(files)).isEmpty();
    }

    private AvailableMemory available() {
        return AvailableMemory.of(files).orElseThrow();
    }

    private void group(String folder, long limit, long used, long inactive) throws IOException {
        write(folder + "/memory.max", "" + limit);
        write(folder + "/memory.current", "" + used);
        write(folder + "/memory.stat", "anon 5\ninactive_file " + inactive + "\nactive_file 3\n");
    }

    private void write(String place, String content) throws IOException {
        Path file = root.resolve(place);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
