// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.session;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a running command to stop, and closes what it is blocked in. Thread-safe. */
public final class StopSignal {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);

    private boolean stopped;
    private AutoCloseable blocking;

    public synchronized boolean stopped() {
        return stopped;
    }

    /**
     * What {@link #stop()} closes, at once when it came already; it must bear to be closed twice,
     * from another thread.
     */
    public void closes(AutoCloseable resource) {
        synchronized (this) {
            if (!stopped) {
                blocking = resource;
                return;
            }
        }
        close(resource);
    }

    public void stop() {
        AutoCloseable resource;
        synchronized (this) {
            stopped = true;
            resource = blocking;
            blocking = null;
        }
        if (resource != null) {
            close(resource);
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.debug("Closing at the end failed", e);
        }
    }
}
