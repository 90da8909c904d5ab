// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

import java.io.IOException;
import java.util.List;

/** The configurations there are. */
final class Configurations {
    private Configurations() {}

    /**
     * Those that have properties. They are listed, not asked for: asking could make one, or bind it
     * to this bundle.
     *
     * @param filter in the syntax of LDAP; null: all
     */
    static List<Configuration> list(ConfigurationAdmin admin, String filter) throws IOException {
        try {
            Configuration[] found = admin.listConfigurations(filter);
            return found == null ? List.of() : List.of(found);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException("No filter for configurations: " + filter, e);
        }
    }
}
