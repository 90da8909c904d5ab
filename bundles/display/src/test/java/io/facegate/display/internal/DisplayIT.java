// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.picture.PictureWriter;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.RecognitionListener;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

import javax.imageio.ImageIO;

/** The bundle in Felix: starts when configured, and is restarted while frames flow. */
class DisplayIT {
    @TempDir Path folder;

    @Test
    void restartsTenTimesWhileFramesFlow() throws Exception {
        Framework framework = framework();
        try {
            BundleContext context = framework.getBundleContext();
            Bundle display =
                    context.installBundle(
                            new File(System.getProperty("facegate.bundle")).toURI().toString());
            display.start();
            context.registerService(PictureWriter.class, new Fakes.Writer(), null);
            assertThat(listeners(context)).as("not configured").isEmpty();
            Path file = folder.resolve("display.png");
            configure(context, file);
            Settings.await(() -> !listeners(context).isEmpty());
            FrameResult result = Fakes.result(Fakes.frame("front", 640, 480, 0x336699));
            for (int i = 0; i < 10; i++) {
                Settings.await(
                        () -> {
                            listeners(context).forEach(l -> l.onResult(result));
                            return Files.exists(file)
                                    && (ImageIO.read(file.toFile()).getRGB(320, 240) & 0xffffff)
                                            == 0x336699;
                        });
                display.stop();
                assertThat(threads()).isEmpty();
                Files.delete(file);
                display.update();
                display.start();
            }
        } finally {
            framework.stop();
            framework.waitForStop(10_000);
        }
        assertThat(threads()).isEmpty();
    }

    /** The packages of the api on the class path, as its manifest exports them. */
    private static String apiPackages() throws IOException {
        ClassLoader loader = DisplayIT.class.getClassLoader();
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

    private Framework framework() throws Exception {
        List<String> api = new ArrayList<>();
        api.add(apiPackages());
        api.add("org.slf4j;version=1.7.36");
        Framework framework =
                ServiceLoader.load(FrameworkFactory.class)
                        .findFirst()
                        .orElseThrow()
                        .newFramework(
                                Map.of(
                                        Constants.FRAMEWORK_STORAGE,
                                        folder.resolve("cache").toString(),
                                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                                        String.join(",", api)));
        framework.start();
        List<Bundle> bundles = new ArrayList<>();
        for (String name :
                List.of(
                        "org.osgi.util.function.Function",
                        "org.osgi.util.promise.Promise",
                        "org.osgi.service.component.ComponentConstants",
                        "org.apache.felix.cm.impl.ConfigurationManager",
                        "org.apache.felix.scr.impl.ComponentRegistry")) {
            String url =
                    getClass()
                            .getClassLoader()
                            .getResource(name.replace('.', '/') + ".class")
                            .toString();
            bundles.add(
                    framework
                            .getBundleContext()
                            .installBundle(url.substring("jar:".length(), url.indexOf('!'))));
        }
        for (Bundle bundle : bundles) {
            bundle.start();
        }
        return framework;
    }

    private static void configure(BundleContext context, Path file) throws Exception {
        ServiceReference<?> reference =
                context.getAllServiceReferences("org.osgi.service.cm.ConfigurationAdmin", null)[0];
        Object admin = context.getService(reference);
        Object configuration =
                reference
                        .getBundle()
                        .loadClass("org.osgi.service.cm.ConfigurationAdmin")
                        .getMethod("getConfiguration", String.class, String.class)
                        .invoke(admin, Display.PID, "?");
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put("output", "headless");
        properties.put("file", file.toString());
        properties.put("fileIntervalMillis", 100);
        reference
                .getBundle()
                .loadClass("org.osgi.service.cm.Configuration")
                .getMethod("update", java.util.Dictionary.class)
                .invoke(configuration, properties);
    }

    private static List<RecognitionListener> listeners(BundleContext context) throws Exception {
        ServiceReference<?>[] all =
                context.getAllServiceReferences(RecognitionListener.class.getName(), null);
        List<RecognitionListener> listeners = new ArrayList<>();
        for (ServiceReference<?> reference : all == null ? new ServiceReference<?>[0] : all) {
            Object service = context.getService(reference);
            if (service != null) {
                listeners.add((RecognitionListener) service);
            }
        }
        return listeners;
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(n -> n.startsWith("facegate-"))
                .toList();
    }
}
