// SPDX-License-Identifier: Apache-2.0
package io.facegate.itest;

import io.facegate.api.recognition.Pipelines;
import io.facegate.testing.Await;
import io.facegate.testing.Distribution;
import io.facegate.testing.Machine;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.ConfigurationAdmin;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * The very bundles of the distribution in a Felix within the test's JVM. The packages of the api
 * and of Configuration Admin come from the test's class path, so that services can be called with
 * types.
 */
final class GatewayFramework {
    private final Framework framework;
    private final Path data;
    private int forgiven;
    private final int httpPort = Machine.freePort();
    private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();

    /** Starts every bundle of the distribution with a data folder of its own. */
    GatewayFramework(Path data) throws Exception {
        this(data, false);
    }

    /**
     * With the launcher's start levels, with Configuration Admin's own packages, and with the
     * configuration of the data folder's {@code conf}.
     */
    static GatewayFramework asLaunched(Path data) throws Exception {
        return new GatewayFramework(data, true);
    }

    private GatewayFramework(Path data, boolean launched) throws Exception {
        this.data = Files.createDirectories(data);
        Files.createDirectories(data.resolve("logs"));
        // SLF4J and SPI Fly look at the context class loader: keep the test's class path out of it
        Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
        System.setProperty(
                "logback.configurationFile",
                Distribution.folder().resolve("conf/logback.xml").toString());
        System.setProperty("facegate.data", data.toString());
        System.setProperty("facegate.terminal.level", "OFF");
        System.setProperty(
                "org.bytedeco.javacpp.cachedir", data.resolve("cache/native").toString());
        framework =
                ServiceLoader.load(FrameworkFactory.class, GatewayFramework.class.getClassLoader())
                        .findFirst()
                        .orElseThrow()
                        .newFramework(properties(launched));
        framework.init();
        framework.getBundleContext().addFrameworkListener(this::remember);
        startAll(launched);
    }

    private Map<String, String> properties(boolean launched) throws IOException {
        Map<String, String> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, data.resolve("cache/felix").toString());
        properties.put(
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                apiPackages() + (launched ? "" : ",org.osgi.service.cm;version=1.6.1"));
        properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, "10");
        properties.put("facegate.data", data.toString());
        properties.put("facegate.home", Distribution.folder().toString());
        properties.put("facegate.gateway", "itest-0001");
        properties.put("facegate.version", "0.0.0");
        properties.put("facegate.mode", "gateway");
        properties.put("org.apache.felix.http.host", "127.0.0.1");
        properties.put("org.osgi.service.http.port", Integer.toString(httpPort));
        properties.put("felix.webconsole.security.providers", "facegate");
        String load = Files.createDirectories(data.resolve("load")).toString();
        properties.put(
                "felix.fileinstall.dir", launched ? load + "," + data.resolve("conf") : load);
        properties.put("felix.fileinstall.poll", "200");
        properties.put("felix.fileinstall.tmpdir", data.resolve("cache/fileinstall").toString());
        properties.put("gosh.args", "--nointeractive");
        return properties;
    }

    /** The packages of the api on the class path, as its manifest exports them. */
    private static String apiPackages() throws IOException {
        ClassLoader loader = GatewayFramework.class.getClassLoader();
        for (URL url : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
            try (InputStream in = url.openStream()) {
                Attributes manifest = new Manifest(in).getMainAttributes();
                if ("io.facegate.api".equals(manifest.getValue(Constants.BUNDLE_SYMBOLICNAME))) {
                    return manifest.getValue(Constants.EXPORT_PACKAGE);
                }
            }
        }
        throw new IllegalStateException("the api is not on the class path");
    }

    private void startAll(boolean launched) throws Exception {
        List<Bundle> bundles = new ArrayList<>();
        try (Stream<Path> jars = Files.list(Distribution.folder().resolve("bundle"))) {
            for (Path jar : jars.sorted().toList()) {
                bundles.add(
                        framework
                                .getBundleContext()
                                .installBundle("reference:" + jar.toUri().toString()));
            }
        }
        if (!launched) {
            framework.start();
        }
        for (Bundle bundle : bundles) {
            if (!isFragment(bundle)) {
                if (launched) {
                    bundle.adapt(BundleStartLevel.class).setStartLevel(level(bundle));
                }
                bundle.start();
            }
        }
        framework.start();
    }

    /** The start level the launcher gives a bundle. */
    private static int level(Bundle bundle) throws IOException {
        String jar =
                Path.of(URI.create(bundle.getLocation().replace("reference:", "")))
                        .getFileName()
                        .toString();
        String script =
                "mode=gateway; eval \"$(sed -n '/^bundle_level() {/,/^}/p' \"$1\")\"; bundle_level \"$2\"";
        Process bash =
                new ProcessBuilder("bash", "-c", script, "bash", Distribution.program(), jar)
                        .start();
        String level = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Integer.parseInt(level.strip());
    }

    private void remember(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR) {
            errors.add(event.getBundle() + ": " + event.getThrowable());
        }
    }

    static boolean isFragment(Bundle bundle) {
        return bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
    }

    /** What went wrong in the framework since its start. */
    List<String> errors() {
        return List.copyOf(errors);
    }

    /** Of the web console. */
    int httpPort() {
        return httpPort;
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    Bundle bundle(String symbolicName) {
        return Stream.of(context().getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no bundle " + symbolicName));
    }

    /** Sets a configuration; a PID with {@code ~} is one of a factory. */
    void configure(String pid, Map<String, Object> values) throws Exception {
        ConfigurationAdmin admin = service(ConfigurationAdmin.class);
        Dictionary<String, Object> properties = new Hashtable<>(values);
        int tilde = pid.indexOf('~');
        (tilde < 0
                        ? admin.getConfiguration(pid, "?")
                        : admin.getFactoryConfiguration(
                                pid.substring(0, tilde), pid.substring(tilde + 1), "?"))
                .update(properties);
    }

    /** The best service of a type, waiting for it. */
    <T> T service(Class<T> type) throws Exception {
        return Await.until(
                "service " + type.getSimpleName(),
                Duration.ofSeconds(30),
                () -> {
                    ServiceReference<T> reference = context().getServiceReference(type);
                    return reference == null ? null : context().getService(reference);
                });
    }

    /** Frames with a definite outcome so far, over all pipelines; empty without a pipeline. */
    long processed() {
        ServiceReference<Pipelines> reference = context().getServiceReference(Pipelines.class);
        Pipelines pipelines = reference == null ? null : context().getService(reference);
        if (pipelines == null) {
            return 0;
        }
        return pipelines.status().stream()
                .mapToLong(status -> status.counters().recognized() + status.counters().noFace())
                .sum();
    }

    /** Updates a bundle with its own file, rewires what depends on it, and starts it again. */
    void update(Bundle bundle) throws Exception {
        String location = bundle.getLocation().replace("reference:", "");
        try (var jar = URI.create(location).toURL().openStream()) {
            bundle.update(jar);
        }
        refresh(bundle);
    }

    /** Rewires a bundle and all that depend on it, waiting for the end. */
    void refresh(Bundle bundle) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        framework
                .adapt(FrameworkWiring.class)
                .refreshBundles(
                        List.of(bundle),
                        event -> {
                            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                                done.countDown();
                            }
                        });
        if (!done.await(60, TimeUnit.SECONDS)) {
            throw new AssertionError("refreshing " + bundle + " does not end");
        }
    }

    /** The log file so far. */
    String log() throws IOException {
        return Files.readString(data.resolve("logs/facegate.log"));
    }

    /** What was complained of so far was expected. */
    void forgive() throws IOException {
        forgiven += complaints().size();
    }

    /** Lines of the log file that are errors or stack traces. */
    List<String> complaints() throws IOException {
        Path log = data.resolve("logs/facegate.log");
        if (!Files.exists(log)) {
            return List.of("no log file " + log);
        }
        return Files.readAllLines(log).stream()
                .filter(
                        line ->
                                line.contains(" ERROR ")
                                        || line.matches("^[a-z].*(Exception|Error)\\b.*"))
                .skip(forgiven)
                .toList();
    }

    void close() throws Exception {
        framework.stop();
        framework.waitForStop(30_000);
    }
}
