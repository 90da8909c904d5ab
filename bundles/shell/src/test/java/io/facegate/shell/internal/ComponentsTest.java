// SPDX-License-Identifier: Apache-2.0
package io.facegate.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;

class ComponentsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final GatewayParts parts = new GatewayParts();

    /** A context that only knows properties. */
    private static BundleContext context(Map<String, String> properties) {
        return (BundleContext)
                Proxy.newProxyInstance(
                        ComponentsTest.class.getClassLoader(),
                        new Class<?>[] {BundleContext.class},
                        (proxy, method, arguments) -> {
                            assertThat(method.getName()).isEqualTo("getProperty");
                            return properties.get(arguments[0]);
                        });
    }

    private static EventPrinter.Config config(boolean printEvents) {
        return new EventPrinter.Config() {
            @Override
            public Class<? extends Annotation> annotationType() {
                return EventPrinter.Config.class;
            }

            @Override
            public boolean printEvents() {
                return printEvents;
            }
        };
    }

    private static boolean running(String thread) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(one -> one.getName().equals(thread) && one.isAlive());
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void eventPrinterLeavesNoThread() throws InterruptedException {
        EventPrinter printer =
                new EventPrinter(context(Map.of("facegate.gateway", "g")), parts, config(true));
        await(() -> running("facegate-shell-events"));
        printer.deactivate();
        printer.deactivate();
        assertThat(running("facegate-shell-events")).isFalse();
    }

    @Test
    void eventPrinterIsSilentForACommandAndWhenSwitchedOff() {
        EventPrinter command =
                new EventPrinter(context(Map.of("facegate.mode", "command")), parts, config(true));
        EventPrinter off = new EventPrinter(context(Map.of()), parts, config(false));
        assertThat(running("facegate-shell-events")).isFalse();
        command.deactivate();
        off.deactivate();
    }
}
