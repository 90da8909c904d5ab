// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.deploy.BundleKeys;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.deploy.internal.signature.TestBundle;
import io.facegate.testing.Await;

import org.apache.felix.fileinstall.ArtifactInstaller;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The bundle itself in Felix, with bundles made here, by files and by the framework's own ways. */
abstract class DeployedTest {
    static final String NAME = "some.bundle";

    static {
        // as conf/system.properties of the installation; read once, with Felix's classes
        System.setProperty("felix.extensions.disable", "true");
    }

    @TempDir Path folder;
    Path home;
    Framework framework;
    BundleContext context;
    Path load;

    @BeforeEach
    void start() throws Exception {
        System.clearProperty(Touched.LOADED);
        home = folder.resolve("home");
        load = Files.createDirectories(folder.resolve("data/load"));
        Files.createDirectories(home.resolve("bundle"));
        startFramework();
    }

    void startFramework() throws Exception {
        Map<String, String> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, folder.resolve("felix").toString());
        properties.put("facegate.home", home.toString());
        properties.put("facegate.data", folder.resolve("data").toString());
        properties.put(
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                "io.facegate.api.deploy;version=1.0.0,io.facegate.api.status;version="
                        + apiVersion()
                        + ",org.apache.felix.fileinstall;version=3.7.4,org.slf4j;version=2.0.0");
        framework = new FrameworkFactory().newFramework(properties);
        framework.init();
        context = framework.getBundleContext();
        for (Path jar : files(home.resolve("bundle"))) {
            context.installBundle("reference:" + jar.toUri()).start();
        }
        new DeployActivator().start(context);
        framework.start();
    }

    private static String apiVersion() throws IOException {
        for (URL url :
                Collections.list(
                        DeployedTest.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
            try (InputStream in = url.openStream()) {
                var headers = new Manifest(in).getMainAttributes();
                if ("io.facegate.api".equals(headers.getValue("Bundle-SymbolicName"))) {
                    return headers.getValue("Export-Package")
                            .replaceAll(
                                    "(?s).*io\\.facegate\\.api\\.status;[^,]*?version=\"([^\"]*)\".*",
                                    "$1");
                }
            }
        }
        throw new IllegalStateException("the api is not on the class path");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    <T> T service(Class<T> type) {
        return context.getService(context.getServiceReference(type));
    }

    BundleKeys keys() {
        return service(BundleKeys.class);
    }

    void put(Path file) throws Exception {
        service(ArtifactInstaller.class).install(file.toFile());
    }

    void take(Path file) throws Exception {
        Files.delete(file);
        service(ArtifactInstaller.class).uninstall(file.toFile());
    }

    Condition condition() {
        return service(ConditionSource.class).conditions().get(0);
    }

    List<Bundle> bundles() {
        return Stream.of(context.getBundles())
                .filter(b -> NAME.equals(b.getSymbolicName()))
                .toList();
    }

    List<String> running() {
        return bundles().stream()
                .filter(b -> b.getState() == Bundle.ACTIVE)
                .map(b -> b.getVersion().toString())
                .toList();
    }

    void awaitRunning(String... versions) throws InterruptedException {
        Await.await(() -> running().equals(List.of(versions)));
    }

    static TestBundle bundle(String version) throws IOException {
        return new TestBundle(NAME, version).activator(Touched.class);
    }

    static TestBundle failing(String version) throws IOException {
        return bundle(version).file("fail.txt", "");
    }

    void assertTold(String... words) {
        assertThat(condition().level()).isEqualTo(Condition.Level.DEGRADED);
        assertThat(condition().message()).contains(words);
    }

    void assertNothingWrong() {
        assertThat(condition().level()).as(condition().message()).isEqualTo(Condition.Level.OK);
    }
}
