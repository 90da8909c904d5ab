// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.quality;

import io.facegate.command.internal.session.Progress;
import io.facegate.command.internal.session.Session;

import java.util.function.DoubleConsumer;

/** Shows how far work is that tells which part of it is done, in hundredths. */
final class PartProgress implements DoubleConsumer {
    private static final int WHOLE = 100;

    private final Progress progress;
    private int shown;

    PartProgress(Session session) {
        progress = new Progress(session, "hundredths", WHOLE);
    }

    @Override
    public void accept(double part) {
        for (int now = (int) (part * WHOLE); shown < now; shown++) {
            progress.step();
        }
    }

    void end() {
        progress.end();
    }
}
