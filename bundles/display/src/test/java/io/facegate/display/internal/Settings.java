// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;

/** Configurations with all defaults but those given, and waiting. */
final class Settings {
    private Settings() {}

    static Display.Config with(Map<String, Object> values) {
        return (Display.Config)
                Proxy.newProxyInstance(
                        Settings.class.getClassLoader(),
                        new Class<?>[] {Display.Config.class, Annotation.class},
                        (proxy, method, arguments) ->
                                values.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < deadline) {
            if (condition.call()) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("not within 20 s");
    }
}
