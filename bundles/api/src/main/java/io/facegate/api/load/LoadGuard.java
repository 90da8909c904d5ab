// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.load;

import org.osgi.annotation.versioning.ProviderType;

/** Watches the machine. Without one nothing is limited. Thread-safe; answers at once. */
@ProviderType
public interface LoadGuard {
    /** What holds from now on until it is asked again; ask for each frame. */
    LoadLimit limit();
}
