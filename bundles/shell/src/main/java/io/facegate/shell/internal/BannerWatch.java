// SPDX-License-Identifier: Apache-2.0
package io.facegate.shell.internal;

import java.io.PrintStream;
import java.time.Duration;

/** Prints the banner once: when everything is up, or when it should have been. */
final class BannerWatch implements Runnable {
    private final Banner banner;
    private final PrintStream err;
    private final long latest;
    private boolean printed;

    /**
     * Starts waiting.
     *
     * @param patience after which the banner is printed with what is missing
     */
    BannerWatch(Banner banner, PrintStream err, Duration patience) {
        this.banner = banner;
        this.err = err;
        this.latest = System.nanoTime() + patience.toNanos();
    }

    /** Looks, and returns at once. From one thread. */
    @Override
    public void run() {
        if (!printed && (System.nanoTime() - latest >= 0 || banner.isComplete())) {
            printed = true;
            err.println(String.join(System.lineSeparator(), banner.lines()));
        }
    }
}
