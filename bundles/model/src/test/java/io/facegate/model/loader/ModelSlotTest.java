// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.model.ModelData;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKind;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;

import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** With the service registry of a real framework. */
class ModelSlotTest {
    /** The service that this slot registers. */
    interface Greeting {
        String version();
    }

    private static final class Loaded implements Greeting, AutoCloseable {
        private final String version;
        private volatile boolean closed;

        Loaded(String version) {
            this.version = version;
        }

        @Override
        public String version() {
            return version;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Says what became of it. */
    private static final class Model implements ModelData {
        private final ModelInfo info;
        private volatile String word = "";

        Model(String version) {
            info = new ModelInfo("m", ModelKind.ENCODER, "dlib", version, "s", "w");
        }

        @Override
        public ModelInfo info() {
            return info;
        }

        @Override
        public byte[] read() {
            return new byte[0];
        }

        @Override
        public Optional<InputStream> selfTest(String name) {
            return Optional.empty();
        }

        @Override
        public void accepted() {
            word = "accepted";
        }

        @Override
        public void refused(String reason) {
            word = reason;
        }
    }

    @TempDir Path folder;
    private Framework framework;
    private BundleContext context;
    private ModelLoader<Loaded> loader = model -> new Loaded(model.info().version());
    private ModelSlot<Loaded> slot;
    private final List<Loaded> loaded = new CopyOnWriteArrayList<>();
    private final List<String> events = new CopyOnWriteArrayList<>();

    @BeforeEach
    void startFramework() throws Exception {
        framework =
                new FrameworkFactory()
                        .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, folder.toString()));
        framework.start();
        context = framework.getBundleContext();
        context.addServiceListener(
                e -> {
                    String what = e.getType() == ServiceEvent.REGISTERED ? "+" : "-";
                    events.add(what + e.getServiceReference().getProperty(ModelData.VERSION));
                },
                "(objectClass=" + Greeting.class.getName() + ")");
        slot =
                new ModelSlot<>(
                        context,
                        new ServiceOffer<>(
                                "test/part",
                                ModelKind.ENCODER,
                                "dlib",
                                0,
                                Greeting.class,
                                Map.of("extra", "yes")),
                        model -> {
                            Loaded service = loader.load(model);
                            loaded.add(service);
                            return service;
                        });
    }

    @AfterEach
    void stopFramework() throws Exception {
        slot.close();
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void withoutModelThereIsNoServiceAndTheConditionSaysWhatToDo() {
        assertThat(slot.condition().level()).isEqualTo(Level.DEGRADED);
        assertThat(slot.condition().message()).contains("encoder").contains("load");
        assertThat(reference()).isNull();
    }

    @Test
    void modelBecomesServiceWithItsProperties() throws Exception {
        var model = new Model("1.0.0");
        register(model, 1_000_000);
        await(() -> model.word.equals("accepted"));
        assertThat(reference().getProperty("extra")).isEqualTo("yes");
        assertThat(reference().getProperty(ModelData.ID)).isEqualTo("m");
        assertThat(reference().getProperty(ModelData.VERSION)).isEqualTo("1.0.0");
        assertThat(reference().getProperty(Constants.SERVICE_RANKING)).isEqualTo(2_000_000);
        await(() -> slot.condition().equals(new Condition("test/part", Level.OK, "m 1.0.0")));
    }

    @Test
    void newerModelIsRegisteredBeforeTheOlderIsUnregisteredAndClosed() throws Exception {
        register(new Model("1.0.0"), 1_000_000);
        await(() -> reference() != null);
        var newer = new Model("2.0.0");
        ServiceRegistration<?> registration = register(newer, 2_000_000);
        await(() -> events.size() == 3 && loaded.get(0).closed);
        assertThat(events).containsExactly("+1.0.0", "+2.0.0", "-1.0.0");
        assertThat(loaded.get(1).closed).isFalse();

        registration.unregister();
        await(() -> events.size() == 5 && loaded.get(1).closed);
        assertThat(events.subList(3, 5)).containsExactly("+1.0.0", "-2.0.0");
        assertThat(loaded).hasSize(3);
        assertThat(loaded.get(2).closed).isFalse();
    }

    @Test
    void olderModelIsNotLoadedBesideANewer() throws Exception {
        register(new Model("2.0.0"), 2_000_000);
        await(() -> reference() != null);
        var older = register(new Model("1.0.0"), 1_000_000);
        older.unregister();
        register(new Model("3.0.0"), 3_000_000);
        await(() -> events.contains("-2.0.0"));
        assertThat(loaded).extracting(Loaded::version).containsExactly("2.0.0", "3.0.0");
    }

    @Test
    void refusedModelLeavesTheOneBeforeAtWork() throws Exception {
        register(new Model("1.0.0"), 1_000_000);
        await(() -> reference() != null);
        loader =
                model -> {
                    throw new ModelRefusedException("its self-test failed");
                };
        var newer = new Model("2.0.0");
        ServiceRegistration<?> registration = register(newer, 2_000_000);
        await(() -> slot.condition().message().contains("2.0.0"));
        assertThat(newer.word).isEqualTo("its self-test failed");
        assertThat(slot.condition())
                .isEqualTo(
                        new Condition(
                                "test/part",
                                Level.DEGRADED,
                                "m 1.0.0 goes on: m 2.0.0 was refused: its self-test failed"));
        assertThat(events).containsExactly("+1.0.0");
        registration.unregister();
        await(() -> slot.condition().level() == Level.OK);
    }

    @Test
    void modelThatCannotBeReadOrBreaksTheLoaderIsRefused() throws Exception {
        loader =
                model -> {
                    throw new IOException("the bundle was uninstalled");
                };
        var first = new Model("1.0.0");
        register(first, 1);
        await(() -> slot.condition().level() == Level.FAILED);
        assertThat(first.word).isEqualTo("it cannot be read: the bundle was uninstalled");
        loader =
                model -> {
                    throw new UnsatisfiedLinkError("no library");
                };
        var second = new Model("2.0.0");
        register(second, 2);
        await(() -> second.word.contains("no library"));
        assertThat(reference()).isNull();
    }

    @Test
    void serviceGoesWithTheLastModel() throws Exception {
        ServiceRegistration<?> registration = register(new Model("1.0.0"), 1);
        await(() -> reference() != null);
        registration.unregister();
        await(() -> reference() == null && loaded.get(0).closed);
        await(() -> slot.condition().message().startsWith("no model"));
    }

    @Test
    void closeDuringALoadRegistersNothingAndClosesWhatWasLoaded() throws Exception {
        var loading = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        loader =
                model -> {
                    loading.countDown();
                    try {
                        goOn.await(20, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    return new Loaded("late");
                };
        register(new Model("1.0.0"), 1);
        assertThat(loading.await(10, TimeUnit.SECONDS)).isTrue();
        long start = System.nanoTime();
        slot.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        goOn.countDown();
        await(() -> loaded.size() == 1 && loaded.get(0).closed && threads() == 0);
        assertThat(reference()).isNull();
    }

    @Test
    void closeIsIdempotentAndLeavesNoThread() throws Exception {
        register(new Model("1.0.0"), 1);
        await(() -> reference() != null);
        slot.close();
        slot.close();
        assertThat(reference()).isNull();
        assertThat(loaded.get(0).closed).isTrue();
        await(() -> threads() == 0);
    }

    private ServiceRegistration<?> register(Model model, int ranking) {
        return context.registerService(
                ModelData.class,
                model,
                FrameworkUtil.asDictionary(
                        Map.of(
                                ModelData.ID,
                                model.info.id(),
                                ModelData.KIND,
                                "encoder",
                                ModelData.FORMAT,
                                "dlib",
                                ModelData.VERSION,
                                model.info.version(),
                                Constants.SERVICE_RANKING,
                                ranking)));
    }

    private ServiceReference<Greeting> reference() {
        return context.getServiceReference(Greeting.class);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().equals("facegate-model-test-part"))
                .count();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(deadline);
            Thread.sleep(5);
        }
    }
}
