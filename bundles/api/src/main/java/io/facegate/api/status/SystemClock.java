// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.status;

import org.osgi.annotation.versioning.ProviderType;

import java.util.Optional;

/** What the kernel knows of the clock of this machine. Thread-safe; answers at once. */
@ProviderType
public interface SystemClock {
    /**
     * Whether something keeps the clock synchronised (NTP, PTP, GPS). After a start, and after
     * somebody set the clock by hand, nothing does until it was compared with a source again.
     *
     * @return empty when the kernel cannot be asked
     */
    Optional<Boolean> isSynchronized();
}
