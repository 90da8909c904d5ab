// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.deploy;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A bundle's file that was looked at as a whole.
 *
 * @param file where it lies
 * @param name its symbolic name; the name of the file where it is no bundle
 * @param version its version; empty where it is no bundle
 * @param signature who signed it, or what is wrong, such as {@code is signed by CN=Anna} or {@code
 *     is not signed}
 * @param trusted whether who signed all of it is trusted here
 */
public record LookedAtBundle(
        Path file, String name, String version, String signature, boolean trusted) {
    public LookedAtBundle {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(signature, "signature");
    }
}
