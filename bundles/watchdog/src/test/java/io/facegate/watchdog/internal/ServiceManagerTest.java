// SPDX-License-Identifier: Apache-2.0
package io.facegate.watchdog.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class ServiceManagerTest {
    @TempDir Path folder;

    @Test
    void nobodyIsToldWithoutSystemd() throws Exception {
        ServiceManager manager = manager(Map.of("WATCHDOG_USEC", "60000000"), 7);
        manager.ready("well");
        assertThat(folder.resolve("told")).doesNotExist();
        assertThat(manager.watchdog()).isEmpty();
    }

    @Test
    void systemdIsToldInItsWords() throws Exception {
        ServiceManager manager =
                manager(
                        Map.of(
                                "NOTIFY_SOCKET", "/run/systemd/notify",
                                "WATCHDOG_USEC", "60000000",
                                "WATCHDOG_PID", "7"),
                        7);
        assertThat(manager.watchdog()).contains(Duration.ofMinutes(1));
        manager.ready("1 camera");
        manager.alive("2 cameras");
        manager.status("stuck");
        assertThat(Files.readAllLines(folder.resolve("told")))
                .containsExactly(
                        "--ready|--status=1 camera|",
                        "--ready|WATCHDOG=1|--status=2 cameras|",
                        "--status=stuck|");
    }

    @Test
    void watchdogOfAnotherProcessOrWithoutANumberIsNotOurs() throws Exception {
        String socket = "/run/systemd/notify";
        assertThat(
                        manager(
                                        Map.of(
                                                "NOTIFY_SOCKET", socket,
                                                "WATCHDOG_USEC", "60000000",
                                                "WATCHDOG_PID", "8"),
                                        7)
                                .watchdog())
                .isEmpty();
        assertThat(manager(Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", "soon"), 7).watchdog())
                .isEmpty();
    }

    @Test
    void missingCommandIsNoFault() {
        ServiceManager manager =
                new ServiceManager(
                        List.of(folder.resolve("missing").toString()),
                        Map.of("NOTIFY_SOCKET", "/run/systemd/notify"),
                        7);
        manager.alive("well");
        assertThat(manager.there()).isTrue();
    }

    private ServiceManager manager(Map<String, String> environment, long pid) throws Exception {
        Path script = folder.resolve("tell.sh");
        Files.writeString(
                script,
                """
                for word; do printf '%%s|' "$word"; done >>'%1$s'
                echo >>'%1$s'
                """
                        .formatted(folder.resolve("told")));
        return new ServiceManager(List.of("sh", script.toString()), environment, pid);
    }
}
