// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import io.facegate.api.camera.Area;

import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.List;
import java.util.Optional;

/**
 * Changes the configuration of a camera. One that comes from a file is written back there by File
 * Install, which leaves everything else in it as it is.
 */
final class CameraConfiguration {
    private static final String FACTORY = "io.facegate.camera";
    private static final String ID = "camera.id";

    /** Of a camera whose configuration has none. */
    private static final String DEFAULT_ID = "camera";

    private static final String FILE = "felix.fileinstall.filename";

    private final Optional<ConfigurationAdmin> admin;

    CameraConfiguration(Optional<ConfigurationAdmin> admin) {
        this.admin = admin;
    }

    /**
     * Sets where faces are looked for.
     *
     * @throws IOException it cannot be saved: why, and what to do
     */
    void save(String camera, List<Area> zones, List<Area> masks) throws IOException {
        Configuration configuration = find(camera);
        Dictionary<String, Object> properties = configuration.getProperties();
        Object file = properties.get(FILE);
        if (file != null && !writable(file.toString())) {
            throw new IOException(
                    "the file of this camera's configuration cannot be written: "
                            + file
                            + "; give the gateway's user the right to");
        }
        put(properties, "zones", zones);
        put(properties, "masks", masks);
        configuration.updateIfDifferent(properties);
    }

    private static void put(Dictionary<String, Object> properties, String key, List<Area> areas) {
        if (areas.isEmpty()) {
            properties.remove(key);
        } else {
            properties.put(key, areas.stream().map(Area::text).toArray(String[]::new));
        }
    }

    private Configuration find(String camera) throws IOException {
        List<Configuration> all =
                admin.isEmpty()
                        ? List.of()
                        : Configurations.list(admin.get(), "(service.factoryPid=" + FACTORY + ")");
        List<Configuration> found = all.stream().filter(one -> isOf(camera, one)).toList();
        if (found.isEmpty()) {
            throw new IOException(
                    "camera "
                            + camera
                            + " has no configuration of "
                            + FACTORY
                            + ": whoever provides it says where faces are looked for");
        }
        if (found.size() > 1) {
            throw new IOException("several configurations are of camera " + camera);
        }
        return found.get(0);
    }

    private static boolean isOf(String camera, Configuration configuration) {
        Object id = configuration.getProperties().get(ID);
        return camera.equals(id == null ? DEFAULT_ID : id.toString());
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
