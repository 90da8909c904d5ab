// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.recognition.RecognitionEvent;

import org.junit.jupiter.api.Test;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;

class RecentTest {
    private final Recent recent = new Recent(config());

    @Test
    void keepsTheNewestResultOfEachCamera() {
        recent.onResult(Fakes.result(Fakes.frame("yard", 1, 64, 48)));
        recent.onResult(Fakes.result(Fakes.frame("front", 1, 64, 48)));
        recent.onResult(Fakes.result(Fakes.frame("front", 2, 64, 48)));
        assertThat(recent.cameras()).containsExactly("front", "yard");
        assertThat(recent.result("front").orElseThrow().frame().sequence()).isEqualTo(2);
    }

    @Test
    void forgetsCamerasThatAreGone() {
        recent.onResult(Fakes.result(Fakes.frame("front", 1, 64, 48)));
        recent.forgetOld(System.nanoTime() + Recent.LIFETIME_NANOS / 2);
        assertThat(recent.cameras()).hasSize(1);
        recent.forgetOld(System.nanoTime() + Recent.LIFETIME_NANOS);
        assertThat(recent.cameras()).isEmpty();
    }

    @Test
    void keepsTheLastEventsOnly() {
        for (int i = 0; i < 200; i++) {
            recent.onEvent(Fakes.event(RecognitionEvent.Type.NEW, i, Fakes.match("Alice", 0.4)));
        }
        assertThat(recent.events()).hasSize(50);
        assertThat(recent.events().get(0).sequence()).isEqualTo(199);
    }

    private static ConsoleConfig config() {
        return (ConsoleConfig)
                Proxy.newProxyInstance(
                        RecentTest.class.getClassLoader(),
                        new Class<?>[] {ConsoleConfig.class, Annotation.class},
                        (proxy, method, arguments) -> method.getDefaultValue());
    }
}
