// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.recognition.EnrolmentException;
import io.facegate.api.recognition.EnrolmentException.Reason;
import io.facegate.command.internal.fake.FakeEnroller;
import io.facegate.command.internal.fake.FakeParts;
import io.facegate.command.internal.fake.FakeReader;
import io.facegate.command.internal.fake.FakeStages;
import io.facegate.command.internal.fake.FakeStore;
import io.facegate.command.internal.session.Deadline;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

class DemoPeopleTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir private Path people;

    private final FakeStore store = new FakeStore();
    private final FakeParts parts = new FakeParts();

    /** A context that only knows properties. */
    private static BundleContext context(Map<String, String> properties) {
        return (BundleContext)
                Proxy.newProxyInstance(
                        DemoPeopleTest.class.getClassLoader(),
                        new Class<?>[] {BundleContext.class},
                        (proxy, method, arguments) -> {
                            assertThat(method.getName()).isEqualTo("getProperty");
                            return properties.get(arguments[0]);
                        });
    }

    private static boolean running(String thread) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(one -> one.getName().equals(thread) && one.isAlive());
    }

    private static void await(BooleanSupplier condition) {
        assertThat(
                        Deadline.in(SOON)
                                .await(
                                        () ->
                                                condition.getAsBoolean()
                                                        ? Optional.of(true)
                                                        : Optional.empty()))
                .isPresent();
    }

    @Test
    void samplePeopleAreEnrolledOnceThePartsAreThere() throws Exception {
        Files.createDirectory(people.resolve("Alice"));
        Files.writeString(people.resolve("Alice/1.jpg"), "1 a");
        DemoPeople demo = new DemoPeople(samples(), parts);
        parts.add(new FakeReader());
        parts.add(store);
        parts.add(new FakeEnroller(store));
        parts.add(FakeStages.detector("hog"));
        parts.add(FakeStages.landmarks());
        parts.add(FakeStages.encoder());
        await(() -> store.find("Alice").isPresent());
        await(() -> Files.exists(people.resolve(".demo-people")));
        demo.deactivate();
        demo.deactivate();
        assertThat(running("facegate-demo-people")).isFalse();

        Files.createDirectory(people.resolve("Bob"));
        Files.writeString(people.resolve("Bob/1.jpg"), "1 b");
        store.add("Cid", List.of());
        store.delete(List.of("Alice"));
        demo = new DemoPeople(samples(), parts);
        await(() -> !running("facegate-demo-people"));
        demo.deactivate();
        assertThat(store.find("Alice")).as("deleted for good").isEmpty();
        store.delete(List.of("Cid"));
        demo = new DemoPeople(samples(), parts);
        await(() -> store.find("Bob").isPresent());
        demo.deactivate();
    }

    @Test
    void peopleWhoCouldNotBeEnrolledAreTriedAgainAtTheNextStart() throws Exception {
        for (String name : List.of("Alice", "Bob")) {
            Files.createDirectory(people.resolve(name));
        }
        Files.writeString(people.resolve("Alice/1.jpg"), "1 a");
        Files.writeString(people.resolve("Alice/2.jpg"), "0 nobody");
        Files.writeString(people.resolve("Bob/1.jpg"), "1 b");
        FakeEnroller enroller = new FakeEnroller(store);
        for (Object part :
                List.of(
                        new FakeReader(),
                        store,
                        enroller,
                        FakeStages.detector("hog"),
                        FakeStages.landmarks(),
                        FakeStages.encoder())) {
            parts.add(part);
        }
        for (Reason reason : List.of(Reason.PART_MISSING, Reason.FAILED)) {
            enroller.failures.put(
                    "Bob/1.jpg", new EnrolmentException(reason, "Bob/1.jpg: not now", null));
            runToTheEnd();
            assertThat(store.find("Alice")).isPresent();
            assertThat(store.find("Bob")).isEmpty();
        }
        enroller.failures.clear();
        runToTheEnd();
        assertThat(store.find("Bob")).as("at the next start").isPresent();
        store.delete(List.of("Alice"));
        runToTheEnd();
        assertThat(store.find("Alice"))
                .as("deleted for good, though a picture without a face is never taken")
                .isEmpty();
    }

    private void runToTheEnd() throws InterruptedException {
        DemoPeople demo = new DemoPeople(samples(), parts);
        await(() -> !running("facegate-demo-people"));
        demo.deactivate();
    }

    private BundleContext samples() {
        return context(
                Map.of(
                        "facegate.demo.people",
                        people.toString(),
                        "facegate.data",
                        people.toString()));
    }

    @Test
    void demoThatStillWaitsStopsAtOnce() throws Exception {
        DemoPeople demo =
                new DemoPeople(context(Map.of("facegate.demo.people", people.toString())), parts);
        await(() -> running("facegate-demo-people"));
        long start = System.nanoTime();
        demo.deactivate();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        assertThat(running("facegate-demo-people")).isFalse();
    }

    @Test
    void noDemoWithoutAFolderOrForACommand() throws Exception {
        new DemoPeople(context(Map.of()), parts).deactivate();
        new DemoPeople(
                        context(
                                Map.of(
                                        "facegate.demo.people",
                                        people.toString(),
                                        "facegate.mode",
                                        "command")),
                        parts)
                .deactivate();
        assertThat(running("facegate-demo-people")).isFalse();
    }
}
