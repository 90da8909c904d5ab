// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.recognition.RecognitionEvent;

import org.junit.jupiter.api.Test;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;

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

    @Test
    void thePageTellsNoNameOfSomebodyErased() throws Exception {
        Fakes.Store store = new Fakes.Store("Alice", "Bob");
        Parts parts =
                new Parts(
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(store),
                        Optional.empty(),
                        List.of());
        recent.onEvent(Fakes.event(RecognitionEvent.Type.NEW, 1, Fakes.match("Alice", 0.4)));
        recent.onEvent(Fakes.event(RecognitionEvent.Type.NEW, 2, Fakes.match("Bob", 0.4)));
        PageData page = new PageData(recent);
        assertThat(page.of(parts, 0).get("events").toString()).contains("Alice", "Bob");
        store.delete(List.of("Alice"));
        assertThat(page.of(parts, 0).get("events").toString())
                .contains("Bob")
                .doesNotContain("Alice");
    }

    private static ConsoleConfig config() {
        return (ConsoleConfig)
                Proxy.newProxyInstance(
                        RecentTest.class.getClassLoader(),
                        new Class<?>[] {ConsoleConfig.class, Annotation.class},
                        (proxy, method, arguments) -> method.getDefaultValue());
    }
}
