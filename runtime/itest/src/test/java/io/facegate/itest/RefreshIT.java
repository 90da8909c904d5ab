// SPDX-License-Identifier: Apache-2.0
package io.facegate.itest;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.testing.Await;
import io.facegate.testing.Machine;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * What everything else stands on is refreshed while the gateway runs: the log goes on, every bundle
 * comes back, and none of its components was there with other settings than the user's in between.
 */
class RefreshIT {
    private static final int TIMES = 3;
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir static Path folder;
    private static GatewayFramework gateway;
    private static Path conf;
    private static int broker;

    /** The broker's address of each publisher that there was since this was cleared. */
    private static final Queue<Object> PUBLISHERS = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() throws Exception {
        Path data = folder.resolve("data");
        broker = Machine.freePort();
        conf = Files.createDirectories(data.resolve("conf"));
        write("io.facegate.mqtt", "brokerUrl=\"" + url() + "\"\n");
        write("io.facegate.display", "output=\"headless\"\n");
        gateway = GatewayFramework.asLaunched(data);
        gateway.context().addServiceListener((ServiceListener) RefreshIT::look);
        Await.until("line of the publisher", DEADLINE, () -> gateway.log().contains(url()));
    }

    @AfterAll
    static void stop() throws Exception {
        if (gateway != null) {
            gateway.close();
        }
    }

    private static void write(String pid, String text) throws Exception {
        Files.writeString(conf.resolve(pid + ".config"), text);
    }

    private static String url() {
        return "tcp://127.0.0.1:" + broker;
    }

    /** A component's settings are properties of its service. */
    private static void look(ServiceEvent event) {
        Object url = event.getServiceReference().getProperty("brokerUrl");
        if (event.getType() == ServiceEvent.REGISTERED && url != null) {
            PUBLISHERS.add(url);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ch.qos.logback.core",
                "ch.qos.logback.classic",
                "slf4j.api",
                "org.apache.aries.spifly.dynamic.bundle",
                "org.apache.felix.log",
                "org.apache.felix.scr",
                "org.apache.felix.configadmin"
            })
    void everythingComesBackAsItWas(String name) throws Exception {
        // the framework takes the bundles in another order each time
        for (int time = 0; time < TIMES; time++) {
            List<String> before = active();
            int length = gateway.log().length();
            PUBLISHERS.clear();
            gateway.refresh(gateway.bundle(name));
            Await.until("active bundles " + before, DEADLINE, () -> active().equals(before));
            Await.until(
                    "line of the new publisher",
                    DEADLINE,
                    () -> gateway.log().substring(length).contains(url()));
            assertThat(PUBLISHERS).as("publishers after " + name).containsExactly(url());
            assertThat(gateway.errors()).isEmpty();
        }
    }

    private static List<String> active() {
        return Stream.of(gateway.context().getBundles())
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                .map(Bundle::getSymbolicName)
                .toList();
    }
}
