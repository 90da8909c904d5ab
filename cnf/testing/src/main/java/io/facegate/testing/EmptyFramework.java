// SPDX-License-Identifier: Apache-2.0
package io.facegate.testing;

import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Felix without any bundle, for each test of a class: its service registry is the real one. Who
 * uses it has Felix's framework among the test's own dependencies.
 */
public final class EmptyFramework implements BeforeEachCallback, AfterEachCallback {
    private static final long STOP_MILLIS = 10_000;

    private final Map<String, String> properties;
    private Path storage;
    private Framework framework;

    public EmptyFramework() {
        this(Map.of());
    }

    /**
     * @param properties of the framework, as bundles read them
     */
    public EmptyFramework(Map<String, String> properties) {
        this.properties = Map.copyOf(properties);
    }

    @Override
    public void beforeEach(ExtensionContext test) throws IOException, BundleException {
        storage = Files.createTempDirectory("facegate-felix");
        Map<String, String> all = new HashMap<>(properties);
        all.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        framework = new FrameworkFactory().newFramework(all);
        framework.start();
    }

    /** The context of the framework's own bundle. */
    public BundleContext context() {
        return framework.getBundleContext();
    }

    /** Stops the framework before the test ends; blocks until it has stopped. */
    public void stop() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(STOP_MILLIS);
    }

    @Override
    public void afterEach(ExtensionContext test)
            throws BundleException, InterruptedException, IOException {
        stop();
        List<Path> left;
        try (Stream<Path> files = Files.walk(storage)) {
            left = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : left) {
            Files.delete(file);
        }
    }
}
