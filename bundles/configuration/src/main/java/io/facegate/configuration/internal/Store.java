// SPDX-License-Identifier: Apache-2.0
package io.facegate.configuration.internal;

import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Optional;

/** The configurations of the framework. */
final class Store {
    /** No bundle owns what it holds. */
    private static final String ANY = "?";

    private final ConfigurationAdmin admin;

    Store(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    /** That of a PID; listed, as asking for it would make one. */
    Optional<Configuration> of(String pid) throws IOException {
        return find("service.pid", pid);
    }

    private Optional<Configuration> find(String key, String value) throws IOException {
        try {
            String escaped = value.replaceAll("([\\\\()*])", "\\\\$1");
            Configuration[] found = admin.listConfigurations("(" + key + "=" + escaped + ")");
            return found == null ? Optional.empty() : Optional.of(found[0]);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException("no filter for " + value, e);
        }
    }

    /** That of a file; a new one when there is none yet. */
    Configuration of(OwnedFile file) throws IOException {
        Optional<Configuration> known = find(Settings.FILE, file.address());
        if (known.isPresent()) {
            return known.get();
        }
        FileNames.Target target = FileNames.target(file.name());
        return target.name().isEmpty()
                ? admin.getConfiguration(target.pid(), ANY)
                : admin.getFactoryConfiguration(target.pid(), target.name().get(), ANY);
    }

    static void put(Configuration configuration, Dictionary<String, Object> values)
            throws IOException {
        configuration.updateIfDifferent(values);
    }
}
