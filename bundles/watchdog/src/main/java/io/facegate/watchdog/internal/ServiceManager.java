// SPDX-License-Identifier: Apache-2.0
package io.facegate.watchdog.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the gateway tells systemd when it runs as a service of it: sd_notify(3), by
 * systemd-notify(1) since Java has no datagram sockets of the local machine.
 */
final class ServiceManager {
    private static final Logger log = LoggerFactory.getLogger(ServiceManager.class);
    private static final long PATIENCE_SECONDS = 10;

    private final List<String> command;
    private final boolean there;
    private final Optional<Duration> watchdog;
    private boolean failing;

    /**
     * @param command which tells systemd: systemd-notify
     * @param environment of this process
     */
    ServiceManager(List<String> command, Map<String, String> environment, long pid) {
        this.command = List.copyOf(command);
        there = !environment.getOrDefault("NOTIFY_SOCKET", "").isEmpty();
        String meant = environment.getOrDefault("WATCHDOG_PID", "");
        boolean watched = meant.isEmpty() || meant.equals(Long.toString(pid));
        watchdog = there && watched ? micros(environment.get("WATCHDOG_USEC")) : Optional.empty();
    }

    /** Of this process. */
    static ServiceManager own() {
        return new ServiceManager(
                List.of("systemd-notify"), System.getenv(), ProcessHandle.current().pid());
    }

    private static Optional<Duration> micros(String text) {
        try {
            return text == null
                    ? Optional.empty()
                    : Optional.of(Duration.of(Long.parseLong(text), ChronoUnit.MICROS));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether somebody is told at all. */
    boolean there() {
        return there;
    }

    /** Within which time it is to hear {@link #alive}; empty when it does not wait for that. */
    Optional<Duration> watchdog() {
        return watchdog;
    }

    /** The service has started. */
    void ready(String status) {
        tell("--ready", "--status=" + status);
    }

    /** The service goes on; and has started, which may not have been heard when it was told. */
    void alive(String status) {
        tell("--ready", "WATCHDOG=1", "--status=" + status);
    }

    /** What {@code systemctl status} shows; the service need not be well. */
    void status(String status) {
        tell("--status=" + status);
    }

    private void tell(String... words) {
        if (!there) {
            return;
        }
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(words));
        try {
            Process process =
                    new ProcessBuilder(all)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                failed("it did not end within " + PATIENCE_SECONDS + " seconds");
            } else if (process.exitValue() != 0) {
                failed("its exit code is " + process.exitValue());
            } else {
                failing = false;
            }
        } catch (IOException e) {
            failed(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void failed(String why) {
        if (!failing) {
            log.warn(
                    "systemd cannot be told that the gateway works ({} {}): it will restart the"
                            + " gateway unless the service has no WatchdogSec",
                    command,
                    why);
        }
        failing = true;
    }
}
