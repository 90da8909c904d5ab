// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** Felix with the real web console and this bundle; api and SLF4J come from the test. */
final class Felix {
    private static final List<String> LIBRARIES =
            List.of(
                    "org.osgi.util.function.Function",
                    "org.osgi.util.promise.Promise",
                    "org.osgi.service.component.ComponentConstants",
                    "org.apache.felix.log.Activator",
                    "org.apache.felix.cm.impl.ConfigurationManager",
                    "org.apache.felix.metatype.MetaDataReader",
                    "org.apache.felix.scr.impl.ComponentRegistry",
                    "jakarta.servlet.Servlet",
                    "org.apache.commons.io.IOUtils",
                    "org.apache.commons.fileupload.FileUpload",
                    "org.apache.felix.http.jetty.ConnectorFactory",
                    "org.apache.felix.inventory.Format",
                    "org.owasp.encoder.Encode",
                    "org.apache.felix.hc.api.HealthCheck",
                    "org.apache.felix.webconsole.spi.SecurityProvider");

    final Framework framework;
    final int port;
    final Path data;
    final Bundle console;

    Felix(Path folder, int port, List<String> without) throws Exception {
        this.port = port;
        this.data = folder.resolve("data");
        Map<String, String> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString());
        properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, "onFirstInit");
        properties.put("felix.cache.locking", "false");
        properties.put("org.apache.felix.http.host", "127.0.0.1");
        properties.put("org.osgi.service.http.port", Integer.toString(port));
        properties.put("felix.webconsole.security.providers", ConsoleLogin.ID);
        properties.put("facegate.data", data.toString());
        properties.put("facegate.gateway", "test-0001");
        properties.put("facegate.version", "1.0.0");
        List<String> extra = new ArrayList<>();
        extra.add(apiPackages());
        extra.add("org.slf4j;version=1.7.36");
        extra.add("org.slf4j;version=2.0.17");
        extra.add("org.slf4j.helpers;version=1.7.36");
        extra.add("org.slf4j.event;version=2.0.17");
        extra.add("org.slf4j.spi;version=2.0.17");
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, String.join(",", extra));
        framework =
                ServiceLoader.load(FrameworkFactory.class)
                        .findFirst()
                        .orElseThrow()
                        .newFramework(properties);
        framework.start();
        List<Bundle> bundles = new ArrayList<>();
        for (String name : LIBRARIES) {
            if (!without.contains(name)) {
                bundles.add(context().installBundle(jarOf(name)));
            }
        }
        console =
                context()
                        .installBundle(
                                new File(System.getProperty("facegate.bundle")).toURI().toString());
        bundles.add(console);
        for (Bundle bundle : bundles) {
            bundle.start();
        }
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    String address() {
        return "http://127.0.0.1:" + port + "/system/console/facegate";
    }

    /** The packages of the api on the class path, as its manifest exports them. */
    private static String apiPackages() throws IOException {
        ClassLoader loader = Felix.class.getClassLoader();
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

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String jarOf(String className) throws URISyntaxException {
        String resource = className.replace('.', '/') + ".class";
        String url =
                Thread.currentThread().getContextClassLoader().getResource(resource).toString();
        return url.substring("jar:".length(), url.indexOf('!'));
    }

    void close() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }
}
