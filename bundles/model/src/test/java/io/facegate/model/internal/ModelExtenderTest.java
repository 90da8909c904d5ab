// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.facegate.api.model.ModelData;
import io.facegate.api.model.ModelState;
import io.facegate.api.model.ModelState.State;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;

import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** In a real framework, with bundles made here and the real model bundles. */
class ModelExtenderTest {
    private static final byte[] DATA = "some weights".getBytes(UTF_8);

    @TempDir Path folder;
    private Framework framework;
    private BundleContext context;
    private ModelExtender extender;

    @BeforeEach
    void startFramework() throws Exception {
        framework =
                new FrameworkFactory()
                        .newFramework(
                                Map.of(
                                        Constants.FRAMEWORK_STORAGE,
                                        folder.toString(),
                                        "facegate.data",
                                        folder.resolve("data").toString(),
                                        Constants.FRAMEWORK_SYSTEMCAPABILITIES_EXTRA,
                                        "osgi.extender;osgi.extender=\"facegate.model\""));
        framework.start();
        context = framework.getBundleContext();
        extender = new ModelExtender(context);
    }

    @AfterEach
    void stopFramework() throws Exception {
        extender.deactivate();
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void goodModelIsRegisteredUntilItsBundleStops() throws Exception {
        Bundle bundle =
                install(
                        new ModelBundle("a", "1.2.3", DATA)
                                .file("model/selftest/expected.json", "{}".getBytes(UTF_8)));
        await(() -> reference() != null);

        ServiceReference<ModelData> reference = reference();
        assertThat(reference.getProperty(ModelData.ID)).isEqualTo("a");
        assertThat(reference.getProperty(ModelData.KIND)).isEqualTo("landmarks");
        assertThat(reference.getProperty(ModelData.FORMAT)).isEqualTo("dlib");
        assertThat(reference.getProperty(ModelData.VERSION)).isEqualTo("1.2.3");
        assertThat(reference.getProperty(Constants.SERVICE_RANKING)).isEqualTo(1_002_003);
        ModelData model = context.getService(reference);
        assertThat(model.read()).isEqualTo(DATA);
        assertThat(model.selfTest("none")).isEmpty();
        try (InputStream in = model.selfTest("expected.json").orElseThrow()) {
            assertThat(in.readAllBytes()).isEqualTo("{}".getBytes(UTF_8));
        }
        assertThat(only(extender.models()).state()).isEqualTo(State.CHECKED);

        bundle.stop();
        assertThat(reference()).isNull();
        assertThat(extender.models()).isEmpty();
        bundle.uninstall();
        assertThatThrownBy(model::read).isInstanceOf(IOException.class);
    }

    @Test
    void noModelIsTakenInWhileNobodyLooksAtSignaturesThatAreRequired() throws Exception {
        Path required = folder.resolve("data/keys/required");
        Files.createDirectories(required.getParent());
        Files.createFile(required);
        Bundle bundle = install(new ModelBundle("a", "1.0.0", DATA));
        assertThat(extender.models()).isEmpty();
        assertThat(extender.conditions())
                .anyMatch(c -> c.message().contains("io.facegate.deploy, which looks at them, is"));
        Files.delete(required);
        bundle.stop();
        bundle.start();
        await(() -> reference() != null);
    }

    @Test
    void methodOfADetectorIsPublishedAndOnlyWhereItIsSaid() throws Exception {
        install(new ModelBundle("a", "1.0.0", DATA).without("kind").with("kind", "detector"));
        await(() -> references().size() == 1);
        assertThat(reference().getProperty(ModelData.METHOD)).isNull();
        install(
                new ModelBundle("b", "2.0.0", DATA)
                        .without("kind")
                        .with("kind", "detector")
                        .with("method", "yunet"));
        await(() -> references().size() == 2);
        assertThat(reference().getProperty(ModelData.METHOD)).isEqualTo("yunet");
        install(
                new ModelBundle("c", "3.0.0", DATA)
                        .without("kind")
                        .with("kind", "detector")
                        .with("method", "Yu Net"));
        await(() -> extender.models().size() == 3);
        assertThat(extender.models())
                .anyMatch(m -> m.message().contains("its attribute method is \"Yu Net\", not"));
    }

    @Test
    void damagedModelIsRefusedAndListed() throws Exception {
        install(
                new ModelBundle("a", "1.0.0", DATA)
                        .file("model/data.dat", "other".getBytes(UTF_8)));
        await(() -> !extender.models().isEmpty());

        ModelState state = only(extender.models());
        assertThat(state.state()).isEqualTo(State.REFUSED);
        assertThat(state.message())
                .startsWith("model/data.dat is damaged: its SHA-256 is ")
                .endsWith("Install the model bundle anew");
        assertThat(reference()).isNull();
        assertThat(only(extender.conditions()))
                .isEqualTo(
                        new Condition(
                                "model/a", Level.FAILED, "1.0.0 was refused: " + state.message()));
    }

    @Test
    void missingFileIsRefused() throws Exception {
        install(new ModelBundle("a", "1.0.0", DATA).withoutFile("model/data.dat"));
        await(() -> !extender.models().isEmpty());
        assertThat(only(extender.models()).message())
                .isEqualTo(
                        "model/data.dat cannot be read: no such file in the bundle."
                                + " Install the model bundle anew");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256:Long=5", "kind:List<String>=a", "version:Double=1.5"})
    void attributeOfTheWrongTypeIsRefused(String attribute) throws Exception {
        String[] parts = attribute.split("=");
        String name = parts[0].substring(0, parts[0].indexOf(':'));
        install(
                new ModelBundle("a", "1.0.0", DATA)
                        .without(name)
                        .without(name + ":Version")
                        .with(parts[0], parts[1]));
        await(() -> !extender.models().isEmpty());
        ModelState state = only(extender.models());
        assertThat(state.state()).isEqualTo(State.REFUSED);
        assertThat(state.message()).contains("its attribute " + name + " is ");
        assertThat(reference()).isNull();
    }

    @Test
    void newestVersionWinsAndTheOlderComesBack() throws Exception {
        install(new ModelBundle("a", "1.9.0", DATA));
        Bundle newer = install(new ModelBundle("a", "1.10.0", DATA));
        await(() -> references().size() == 2);

        assertThat(reference().getProperty(ModelData.VERSION)).isEqualTo("1.10.0");
        assertThat(extender.models())
                .extracting(s -> s.info().version())
                .containsExactly("1.9.0", "1.10.0");
        newer.uninstall();
        assertThat(reference().getProperty(ModelData.VERSION)).isEqualTo("1.9.0");
    }

    @Test
    void refusalOfTheNewestLeavesTheModelDegraded() throws Exception {
        install(new ModelBundle("a", "1.0.0", DATA));
        install(new ModelBundle("a", "2.0.0", DATA));
        await(() -> references().size() == 2);

        ModelData newest = context.getService(reference());
        newest.refused("its self-test failed");
        assertThat(extender.models())
                .extracting(ModelState::state)
                .containsExactly(State.CHECKED, State.REFUSED);
        assertThat(only(extender.conditions()))
                .isEqualTo(
                        new Condition(
                                "model/a",
                                Level.DEGRADED,
                                "2.0.0 was refused: its self-test failed"));
        newest.accepted();
        assertThat(only(extender.conditions()).level()).isEqualTo(Level.OK);
    }

    @Test
    void wordOfALoaderAfterTheBundleStoppedIsIgnored() throws Exception {
        Bundle bundle = install(new ModelBundle("a", "1.0.0", DATA));
        await(() -> reference() != null);
        ModelData model = context.getService(reference());
        bundle.stop();
        bundle.start();
        await(() -> reference() != null && !extender.models().isEmpty());
        model.refused("too late");
        assertThat(only(extender.models()).state()).isEqualTo(State.CHECKED);
    }

    @Test
    void withoutModelsTheConditionSaysWhatToDo() {
        assertThat(only(extender.conditions()).message()).contains("load");
    }

    @Test
    void stopsAtOnceWhileItChecksALargeModel() throws Exception {
        var zeros = new byte[256 << 20];
        install(new ModelBundle("large", "1.0.0", zeros));
        long start = System.nanoTime();
        extender.deactivate();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        await(() -> checkThreads() == 0);
        assertThat(reference()).isNull();
    }

    @Test
    void restartsLeaveNeitherThreadNorService() throws Exception {
        Bundle bundle = install(new ModelBundle("a", "1.0.0", DATA));
        for (int i = 0; i < 10; i++) {
            await(() -> references().size() == 1);
            bundle.stop();
            bundle.update(new ModelBundle("a", "1.0." + i, DATA).jar());
            bundle.start();
            await(() -> references().size() == 1);
            extender.deactivate();
            extender.deactivate();
            assertThat(references()).isEmpty();
            await(() -> checkThreads() == 0);
            extender = new ModelExtender(context);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dlib_face_recognition_resnet_model_v1.dat",
                "shape_predictor_5_face_landmarks.dat",
                "mmod_human_face_detector.dat"
            })
    void modelsOfThisProjectAreGood(String file) throws Exception {
        URL url = getClass().getResource("/model/" + file);
        URL jar = ((JarURLConnection) url.openConnection()).getJarFileURL();
        context.installBundle(jar.toString()).start();
        await(() -> reference() != null);
        assertThat(only(extender.models()).message()).isEmpty();
        ModelData model = context.getService(reference());
        assertThat(ModelBundle.sha256(model.read())).isEqualTo(model.info().sha256());
        try (InputStream in = model.selfTest("expected.json").orElseThrow()) {
            assertThat(in.readAllBytes()).isNotEmpty();
        }
    }

    private Bundle install(ModelBundle model) throws Exception {
        String location = "memory:" + context.getBundles().length;
        try (InputStream jar = model.jar()) {
            Bundle bundle = context.installBundle(location, jar);
            bundle.start();
            return bundle;
        }
    }

    private ServiceReference<ModelData> reference() {
        return context.getServiceReference(ModelData.class);
    }

    private Collection<ServiceReference<ModelData>> references() {
        try {
            return context.getServiceReferences(ModelData.class, null);
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static long checkThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().equals("facegate-model-check"))
                .count();
    }

    private static <T> T only(Collection<T> items) {
        assertThat(items).hasSize(1);
        return items.iterator().next();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(deadline);
            Thread.sleep(5);
        }
    }
}
