// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.gateway;

import io.facegate.mqtt.commands.internal.part.Definition;
import io.facegate.mqtt.commands.internal.part.Parts;
import io.facegate.mqtt.commands.internal.request.RefusedException;

import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;

/**
 * The settings of one PID, where they are kept: a configuration that comes from a file is written
 * back there by File Install; one that is new becomes a file of the folder conf, which is read from
 * there within seconds.
 */
final class StoredSettings {
    private static final String FILE = "felix.fileinstall.filename";

    private final Parts around;
    private final Definition definition;
    private final String pid;
    private final Optional<Configuration> configuration;

    private StoredSettings(
            Parts around, Definition definition, String pid, Optional<Configuration> found) {
        this.around = around;
        this.definition = definition;
        this.pid = pid;
        configuration = found;
    }

    /** Those of a PID, when the definition is of it. */
    static Optional<StoredSettings> find(Parts around, Definition definition, String pid)
            throws RefusedException, IOException {
        List<Configuration> all = configurations(around, definition);
        Optional<Configuration> found =
                all.stream().filter(c -> c.getPid().equals(pid)).findFirst();
        boolean only = !definition.factory() && definition.pid().equals(pid);
        return found.isPresent() || only
                ? Optional.of(new StoredSettings(around, definition, pid, found))
                : Optional.empty();
    }

    /** The PIDs of a definition: one, or those of the factory that there are. */
    static List<String> pids(Parts around, Definition definition)
            throws RefusedException, IOException {
        return definition.factory()
                ? configurations(around, definition).stream().map(Configuration::getPid).toList()
                : List.of(definition.pid());
    }

    private static List<Configuration> configurations(Parts around, Definition definition)
            throws RefusedException, IOException {
        String key = definition.factory() ? "service.factoryPid" : "service.pid";
        try {
            Configuration[] found =
                    around.require(ConfigurationAdmin.class, "org.apache.felix.configadmin")
                            .listConfigurations("(" + key + "=" + definition.pid() + ")");
            return found == null ? List.of() : List.of(found);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(definition.pid() + " is no PID", e);
        }
    }

    Definition definition() {
        return definition;
    }

    /** A copy. */
    Dictionary<String, Object> values() {
        return configuration.map(Configuration::getProperties).orElseGet(Hashtable::new);
    }

    /**
     * Keeps them.
     *
     * @throws IOException they cannot be written; nothing changed
     */
    void save(Dictionary<String, Object> values) throws IOException {
        if (configuration.isEmpty()) {
            new ConfigFile(around.data().resolve("conf").resolve(pid + ".config")).write(values);
            return;
        }
        Object file = values.get(FILE);
        if (file != null && !writable(file.toString())) {
            throw new IOException(
                    "the file of the configuration cannot be written: "
                            + file
                            + "; give the gateway's user the right to");
        }
        configuration.get().updateIfDifferent(values);
    }

    private static boolean writable(String address) {
        try {
            Path file =
                    address.startsWith("file:") ? Path.of(URI.create(address)) : Path.of(address);
            return !Files.exists(file) || Files.isWritable(file);
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            return true; // File Install knows better where it is
        }
    }
}
