// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;

/** What a user is told when another program has the console's port. */
class PortInUseIT {
    @TempDir Path folder;

    @Test
    void saysWhoseFaultItIsAndTheWayOut() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Felix felix = new Felix(folder, taken.getLocalPort(), List.of());
            try {
                ConsoleIT.await(() -> console(felix.context()).level() == Condition.Level.FAILED);
                assertThat(console(felix.context()).message())
                        .isEqualTo(
                                "the console cannot listen on 127.0.0.1:"
                                        + taken.getLocalPort()
                                        + ": another program uses this port; stop it, or start"
                                        + " with --port and another number");
            } finally {
                felix.close();
            }
            assertThat(ConsoleIT.threads()).isEmpty();
        }
    }

    @Test
    void namesThePortOfTheConfiguration() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Felix felix = new Felix(folder, Felix.freePort(), List.of());
            try {
                configurePort(felix.context(), taken.getLocalPort());
                ConsoleIT.await(() -> console(felix.context()).level() == Condition.Level.FAILED);
                assertThat(console(felix.context()).message())
                        .contains("127.0.0.1:" + taken.getLocalPort() + ": another program");
                configurePort(felix.context(), Felix.freePort());
                ConsoleIT.await(() -> console(felix.context()).level() == Condition.Level.OK);
            } finally {
                felix.close();
            }
        }
    }

    private static void configurePort(BundleContext context, int port) throws Exception {
        ServiceReference<?> reference =
                context.getAllServiceReferences("org.osgi.service.cm.ConfigurationAdmin", null)[0];
        ClassLoader loader = context.getService(reference).getClass().getClassLoader();
        Object configuration =
                loader.loadClass("org.osgi.service.cm.ConfigurationAdmin")
                        .getMethod("getConfiguration", String.class, String.class)
                        .invoke(context.getService(reference), "org.apache.felix.http", "?");
        loader.loadClass("org.osgi.service.cm.Configuration")
                .getMethod("update", Dictionary.class)
                .invoke(
                        configuration,
                        new Hashtable<>(
                                Map.of("org.osgi.service.http.port", Integer.toString(port))));
    }

    @Test
    void worksWithoutTheHealthCheckApi() throws Exception {
        Felix felix =
                new Felix(folder, Felix.freePort(), List.of("org.apache.felix.hc.api.HealthCheck"));
        try {
            ConsoleIT.await(() -> console(felix.context()).level() == Condition.Level.OK);
            assertThat(console(felix.context()).message()).isEqualTo(felix.address());
        } finally {
            felix.close();
        }
    }

    private static Condition console(BundleContext context) throws Exception {
        ServiceReference<?>[] all =
                context.getAllServiceReferences(ConditionSource.class.getName(), null);
        for (ServiceReference<?> reference : all) {
            for (Condition condition :
                    ((ConditionSource) context.getService(reference)).conditions()) {
                if (condition.part().equals("console")) {
                    return condition;
                }
            }
        }
        throw new AssertionError("nobody speaks for the console");
    }
}
