// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal;

import org.osgi.framework.BundleContext;

import java.time.Duration;
import java.util.Optional;

/** How long a command waits for the parts it needs; more than usual on an emulated machine. */
final class Patience {
    private static final long SECONDS = 30;

    private Patience() {}

    static Duration of(BundleContext context) {
        return Duration.ofSeconds(
                Optional.ofNullable(context.getProperty("facegate.patienceSeconds"))
                        .map(Long::valueOf)
                        .orElse(SECONDS));
    }
}
