// SPDX-License-Identifier: Apache-2.0
package io.facegate.backup.internal;

import io.facegate.api.frame.CaptureTime;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The thread that looks every few seconds whether it is time for a backup. */
final class BackupClock implements AutoCloseable {
    private static final long LOOK_SECONDS = 10;
    private static final long JOIN_MILLIS = 3000;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final AutomaticBackups backups;
    private final Thread thread;

    BackupClock(AutomaticBackups backups) {
        this.backups = backups;
        thread = new Thread(this::run, "facegate-backup");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            do {
                backups.look(CaptureTime.now());
            } while (!stop.await(LOOK_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(JOIN_MILLIS);
            if (thread.isAlive()) {
                // It writes a file, which the interrupt ends; the file is never seen under its
                // name.
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
