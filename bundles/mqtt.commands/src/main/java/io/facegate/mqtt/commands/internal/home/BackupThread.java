// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.home;

import io.facegate.api.backup.Backups;
import io.facegate.api.message.Replies;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Optional;

/** Makes a backup, which waits for the disk; one at a time. Thread-safe. */
final class BackupThread {
    private static final Logger LOG = LoggerFactory.getLogger(BackupThread.class);
    private static final long STOP_MILLIS = 2000;

    private Thread running;

    synchronized void start(Optional<Backups> backups, Replies replies) throws NotDoneException {
        if (backups.isEmpty()) {
            throw new NotDoneException(
                    "unavailable", "the bundle backup is missing; try again later");
        }
        if (running != null && running.isAlive()) {
            throw new NotDoneException("failed", "a backup is being made already");
        }
        running = new Thread(() -> make(backups.get(), replies), "facegate-mqtt-backup");
        running.setDaemon(true);
        running.start();
    }

    private static void make(Backups backups, Replies replies) {
        try {
            LOG.info("MQTT: a backup was asked for: {}", backups.make().file());
        } catch (IOException | RuntimeException e) {
            replies.error("failed", "backup/set: " + e.getMessage());
        }
    }

    /** Lets what runs come to its end for a while. */
    void stop() {
        Thread last;
        synchronized (this) {
            last = running;
        }
        if (last != null) {
            try {
                last.join(STOP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
