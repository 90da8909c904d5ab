// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.detector.FaceDetector;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.encoder.LandmarkDetector;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.FrameListener;
import io.facegate.api.matcher.FaceMatcher;
import io.facegate.api.recognition.Enroller;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Outcome;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.recognition.RecognitionListener;
import io.facegate.api.recognition.Recognizer;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.store.EncodingStore;
import io.facegate.matcher.internal.MatcherComponent;
import io.facegate.pipeline.internal.analysis.Fakes;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** The bundle in Felix with the real Declarative Services; stages come from the test. */
class PipelineIT {
    private static final List<String> LIBRARIES =
            List.of(
                    "org.osgi.util.function.Function",
                    "org.osgi.util.promise.Promise",
                    "org.osgi.service.component.ComponentConstants",
                    "org.apache.felix.cm.impl.ConfigurationManager",
                    "org.apache.felix.scr.impl.ComponentRegistry");

    private final Fakes.Ear ear = new Fakes.Ear();
    @TempDir Path folder;
    private Framework framework;
    private Bundle bundle;

    @BeforeEach
    void start() throws Exception {
        Map<String, String> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString());
        properties.put("facegate.data", folder.resolve("data").toString());
        properties.put(
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                apiPackages() + ",org.slf4j;version=2.0.17");
        framework =
                ServiceLoader.load(FrameworkFactory.class)
                        .findFirst()
                        .orElseThrow()
                        .newFramework(properties);
        framework.start();
        List<Bundle> bundles = new ArrayList<>();
        for (String library : LIBRARIES) {
            bundles.add(context().installBundle(jarOf(library)));
        }
        File jar = new File(System.getProperty("facegate.bundle"));
        bundle = context().installBundle(jar.toURI().toString());
        bundles.add(bundle);
        for (Bundle one : bundles) {
            one.start();
        }
        register(RecognitionListener.class, ear, 0);
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
        assertThat(workers()).isZero();
    }

    /** The packages of the api on the class path, as its manifest exports them. */
    private static String apiPackages() throws IOException {
        ClassLoader loader = PipelineIT.class.getClassLoader();
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

    private BundleContext context() {
        return framework.getBundleContext();
    }

    private static String jarOf(String className) {
        String resource = className.replace('.', '/') + ".class";
        String url = PipelineIT.class.getClassLoader().getResource(resource).toString();
        return url.substring("jar:".length(), url.indexOf('!'));
    }

    private <S> ServiceRegistration<S> register(Class<S> type, S service, int ranking) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Constants.SERVICE_RANKING, ranking);
        if (service instanceof FaceDetector detector) {
            properties.put(FaceDetector.METHOD, detector.method());
        }
        return context().registerService(type, service, properties);
    }

    private <S> Optional<S> service(Class<S> type) {
        ServiceReference<S> reference = context().getServiceReference(type);
        return Optional.ofNullable(reference).map(r -> context().getService(r));
    }

    private void registerStages() {
        register(FaceDetector.class, Fakes.Detector.of(new Box(0, 0, 4, 4)), 0);
        register(LandmarkDetector.class, new Fakes.FivePoints(), 0);
        register(FaceEncoder.class, Fakes.Encoder.of("a", 0.1f), 1);
        register(FaceMatcher.class, new MatcherComponent(), 0);
        register(EncodingStore.class, new Fakes.Store(), 0);
    }

    private FrameResult frame() throws InterruptedException {
        int before = ear.results.size();
        service(FrameListener.class)
                .orElseThrow()
                .onFrame(Fakes.frame("front", before, Instant.now()));
        Fakes.await(() -> ear.results.size() > before);
        return ear.results.get(before);
    }

    private static String model(FrameResult result) {
        return result.faces().get(0).descriptor().orElseThrow().model().id();
    }

    private static long workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("facegate-"))
                .count();
    }

    @Test
    void servicesAreThereWithoutConfigurationAndStages() {
        assertThat(service(Recognizer.class)).isPresent();
        assertThat(service(Enroller.class)).isPresent();
        assertThat(service(Pipelines.class)).isPresent();
        assertThat(service(ConditionSource.class).orElseThrow().conditions())
                .extracting(Condition::level)
                .containsExactly(Condition.Level.OK);
    }

    @Test
    void highestRankingStagesOfTheMethodAreUsedAsTheyCome() throws Exception {
        registerStages();
        assertThat(model(frame())).isEqualTo("a");
        var newer = register(FaceEncoder.class, Fakes.Encoder.of("b", 0.2f), 2);
        register(FaceEncoder.class, Fakes.Encoder.of("old", 0.2f), 0);
        assertThat(model(frame())).isEqualTo("b");
        newer.unregister();
        assertThat(model(frame())).isEqualTo("a");
        var detector = register(FaceDetector.class, Fakes.Detector.of(), 5);
        assertThat(frame().outcome()).isEqualTo(Outcome.NO_FACE);
        detector.unregister();
        assertThat(frame().outcome()).isEqualTo(Outcome.RECOGNIZED);
    }

    @Test
    void everythingIsSwappedTenTimesWhileFramesFlow() throws Exception {
        registerStages();
        AtomicBoolean over = new AtomicBoolean();
        Thread camera =
                new Thread(
                        () -> {
                            for (long i = 0; !over.get(); i++) {
                                long sequence = i;
                                service(FrameListener.class)
                                        .ifPresent(
                                                l ->
                                                        l.onFrame(
                                                                Fakes.frame(
                                                                        "front",
                                                                        sequence,
                                                                        Instant.now())));
                                Thread.onSpinWait();
                            }
                        });
        camera.start();
        for (int i = 0; i < 10; i++) {
            var encoder = register(FaceEncoder.class, Fakes.Encoder.of("b" + i, 0.2f), 2);
            int before = ear.results.size();
            Fakes.await(() -> ear.results.size() > before + 20);
            encoder.unregister();
            bundle.update(
                    new File(System.getProperty("facegate.bundle")).toURI().toURL().openStream());
            int after = ear.results.size();
            Fakes.await(() -> ear.results.size() > after + 20);
            List<PipelineStatus> status = service(Pipelines.class).orElseThrow().status();
            Fakes.assertAddsUp(status.get(0).counters(), status.get(0).work());
        }
        over.set(true);
        camera.join();
        assertThat(ear.results).extracting(FrameResult::outcome).containsOnly(Outcome.RECOGNIZED);
        bundle.stop();
        assertThat(workers()).isZero();
        assertThat(ear.events.stream().map(e -> e.sequence()).distinct())
                .hasSameSizeAs(ear.events)
                .isSorted();
    }

    @Test
    void brokenConfigurationIsNamedAndTheRestWorks() throws Exception {
        registerStages();
        frame();
        configure(Map.of("tolerance", "wide", "strategy", "guess", "minFace", "40"));
        Fakes.await(
                () ->
                        service(ConditionSource.class)
                                .filter(
                                        c ->
                                                c.conditions().get(0).level()
                                                        == Condition.Level.DEGRADED)
                                .isPresent());
        String message = service(ConditionSource.class).orElseThrow().conditions().get(0).message();
        assertThat(message).contains("tolerance is").contains("strategy is").doesNotContain("minF");
        assertThat(frame().outcome()).isEqualTo(Outcome.RECOGNIZED);
    }

    /** Through reflection: the bundle's configuration admin is not the test's class. */
    private void configure(Map<String, String> values) throws Exception {
        ServiceReference<?> reference =
                context()
                        .getAllServiceReferences("org.osgi.service.cm.ConfigurationAdmin", null)[0];
        Object admin = context().getService(reference);
        ClassLoader loader = admin.getClass().getClassLoader();
        Object configuration =
                loader.loadClass("org.osgi.service.cm.ConfigurationAdmin")
                        .getMethod("getConfiguration", String.class, String.class)
                        .invoke(admin, PipelineComponent.PID, null);
        loader.loadClass("org.osgi.service.cm.Configuration")
                .getMethod("update", Dictionary.class)
                .invoke(configuration, new Hashtable<>(values));
    }
}
