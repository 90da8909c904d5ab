// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.internal;

import io.facegate.api.deploy.BundleKeys;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;

import org.osgi.framework.BundleContext;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where bundles must be signed, no model is taken in while nobody is there who looks at them: a
 * gateway whose gate was taken away is not to go on as if it had one.
 */
final class SignatureGuard {
    private static final Condition TROUBLE =
            new Condition(
                    "bundles",
                    Level.FAILED,
                    "signatures are required, and io.facegate.deploy, which looks at them, is missing"
                            + " or stopped: no further model is taken in, and other bundles may not"
                            + " have been looked at. Bring it back, and restart the gateway.");

    private final BundleContext context;
    private final Path required;

    SignatureGuard(BundleContext context, Path data) {
        this.context = context;
        required = data.resolve("keys/required");
    }

    Optional<Condition> trouble() {
        boolean asked =
                Boolean.parseBoolean(context.getProperty("facegate.requireSignature"))
                        || Files.exists(required);
        // a command starts the gate where there is something to look at
        boolean command = "command".equals(context.getProperty("facegate.mode"));
        return asked && !command && context.getServiceReference(BundleKeys.class) == null
                ? Optional.of(TROUBLE)
                : Optional.empty();
    }
}
