// SPDX-License-Identifier: Apache-2.0
package io.facegate.matcher.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.matcher.FaceMatcher;
import io.facegate.api.model.ModelKey;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.status.StaleServiceException;
import io.facegate.api.store.GallerySection;
import io.facegate.matcher.internal.Galleries.Kind;

import org.junit.jupiter.api.Test;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.Random;

class MatcherComponentTest {
    private final Random random = new Random(23);
    private final GallerySection section = Galleries.section(Kind.CLUSTERED, 2000, 128, 20, random);
    private final FaceDescriptor face =
            new FaceDescriptor(Galleries.MODEL, Galleries.encoding(Kind.CLUSTERED, 128, random));

    /** The bundle's classes anew, without its native library. */
    private static final class WithoutLibrary extends URLClassLoader {
        WithoutLibrary(URL classes) {
            super(new URL[] {classes}, MatcherComponentTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("io.facegate.matcher.internal.")) {
                Class<?> known = findLoadedClass(name);
                return known == null ? findClass(name) : known;
            }
            return super.loadClass(name, resolve);
        }

        @Override
        public URL getResource(String name) {
            return name.startsWith("native/") ? null : super.getResource(name);
        }
    }

    @Test
    void saysWhichInstructionsAreUsed() {
        Condition condition = new MatcherComponent().conditions().get(0);
        assertThat(condition.part()).isEqualTo("matcher");
        assertThat(condition.level()).isEqualTo(Condition.Level.OK);
        assertThat(condition.message()).contains(Kernel.all().get(0).instructions());
    }

    @Test
    void worksWithoutTheNativeLibraryAndSaysSo() throws Exception {
        URL classes = MatcherComponent.class.getProtectionDomain().getCodeSource().getLocation();
        try (WithoutLibrary loader = new WithoutLibrary(classes)) {
            Object component =
                    loader.loadClass(MatcherComponent.class.getName())
                            .getConstructor()
                            .newInstance();
            Condition condition = ((ConditionSource) component).conditions().get(0);
            assertThat(condition.level()).isEqualTo(Condition.Level.DEGRADED);
            assertThat(condition.message()).contains("library");
            for (Strategy strategy : Strategy.values()) {
                Match match = ((FaceMatcher) component).match(face, section, strategy, 0.6, 3);
                assertThat(match)
                        .isEqualTo(new MatcherComponent().match(face, section, strategy, 0.6, 3));
            }
        }
    }

    @Test
    void refusesOtherModelsAndCallsAfterItsEnd() {
        MatcherComponent matcher = new MatcherComponent();
        FaceDescriptor other = new FaceDescriptor(new ModelKey("other", "w"), face.toArray());
        assertThatThrownBy(() -> matcher.match(other, section, Strategy.VOTE, 0.6, 1))
                .isInstanceOf(IllegalArgumentException.class);
        matcher.deactivate();
        matcher.deactivate();
        assertThatThrownBy(() -> matcher.match(face, section, Strategy.VOTE, 0.6, 1))
                .isInstanceOf(StaleServiceException.class);
    }
}
