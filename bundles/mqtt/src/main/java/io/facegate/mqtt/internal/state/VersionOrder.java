// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.state;

import java.util.Locale;

/** Orders versions of model bundles, {@code 1.9.0} before {@code 1.10.0}. */
final class VersionOrder {
    private VersionOrder() {}

    /** A text that sorts as the version does. */
    static String key(String version) {
        StringBuilder key = new StringBuilder();
        for (String part : version.split("[.]")) {
            key.append(
                    part.matches("[0-9]{1,9}")
                            ? String.format(Locale.ROOT, "%010d", Integer.parseInt(part))
                            : part);
            key.append('.');
        }
        return key.toString();
    }
}
