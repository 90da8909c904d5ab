// SPDX-License-Identifier: Apache-2.0
package io.facegate.itest;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.model.ModelRegistry;
import io.facegate.api.model.ModelState;
import io.facegate.testing.Await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The distribution's bundles resolve, start and stop. */
class BundlesIT {
    @TempDir static Path folder;
    private static GatewayFramework gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = new GatewayFramework(folder.resolve("data"));
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @Test
    void everyBundleStartsAndStopsTwice() throws Exception {
        List<Bundle> bundles =
                List.of(gateway.context().getBundles()).stream()
                        .filter(bundle -> bundle.getBundleId() != 0)
                        .filter(bundle -> !GatewayFramework.isFragment(bundle))
                        .toList();
        assertThat(bundles).hasSizeGreaterThan(40);
        for (int round = 0; round < 2; round++) {
            for (Bundle bundle : bundles) {
                assertThat(bundle.getState()).as(bundle.toString()).isEqualTo(Bundle.ACTIVE);
                bundle.stop();
                bundle.start();
            }
        }
        assertThat(gateway.errors()).isEmpty();
    }

    @Test
    void everyModelIsLoadedInItsBestFormatAndNoneTwice() throws Exception {
        Set<String> best =
                Set.of(
                        "dlib-landmarks5-v1 dlib",
                        "dlib-mmod-v1 onnx",
                        "dlib-resnet-v1 onnx",
                        "yunet-n onnx");
        List<ModelState> models =
                Await.until(
                        "models " + best,
                        Duration.ofSeconds(60),
                        () -> {
                            List<ModelState> found = gateway.service(ModelRegistry.class).models();
                            return found.size() == 6 && accepted(found).equals(best) ? found : null;
                        });
        assertThat(models)
                .extracting(ModelState::state)
                .containsOnly(ModelState.State.ACCEPTED, ModelState.State.CHECKED);
    }

    private static Set<String> accepted(List<ModelState> models) {
        return models.stream()
                .filter(model -> model.state() == ModelState.State.ACCEPTED)
                .map(model -> model.info().id() + " " + model.info().format())
                .collect(Collectors.toSet());
    }
}
