// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.command.CommandSurroundings;
import io.facegate.command.internal.fake.FakeExchange;
import io.facegate.command.internal.fake.FakeParts;
import io.facegate.command.internal.fake.FakeStore;
import io.facegate.command.internal.session.Parts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

class RunnerTest {
    @TempDir private Path folder;

    private final FakeParts parts = new FakeParts();
    private final LentParts lent = new LentParts(parts);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Parts for each command, which it must give back. */
    private static final class LentParts implements ComponentServiceObjects<Parts> {
        private final Parts parts;
        private int out;
        private int given;

        LentParts(Parts parts) {
            this.parts = parts;
        }

        @Override
        public Parts getService() {
            given++;
            out++;
            return parts;
        }

        @Override
        public void ungetService(Parts service) {
            assertThat(service).isSameAs(parts);
            out--;
        }

        @Override
        public ServiceReference<Parts> getServiceReference() {
            throw new UnsupportedOperationException();
        }
    }

    private static BundleContext context(String mode) {
        Map<String, String> properties = Map.of("facegate.mode", mode, "facegate.version", "1.2.3");
        return (BundleContext)
                Proxy.newProxyInstance(
                        RunnerTest.class.getClassLoader(),
                        new Class<?>[] {BundleContext.class},
                        (proxy, method, arguments) -> properties.get(arguments[0]));
    }

    private int run(BooleanSupplier stopped, String... words) {
        CommandSurroundings surroundings =
                new CommandSurroundings(
                        folder,
                        InputStream.nullInputStream(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        stopped);
        return new Runner(context("gateway"), lent).run(List.of(words), surroundings);
    }

    @Test
    void dataAndMessagesGoToWhoAsked() {
        parts.add(new FakeStore());
        assertThat(run(() -> false, "people", "list", "--csv")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("name,encodings");
        assertThat(run(() -> false, "people", "rename", "a", "b")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("nobody called a");
        assertThat(run(() -> false, "--version")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("facegate 1.2.3\n");
    }

    @Test
    void relativePathsAreSeenFromTheFolderOfWhoAsked() throws Exception {
        FakeExchange exchange = new FakeExchange();
        parts.add(exchange);
        Files.writeString(folder.resolve("g.backup"), "content");
        assertThat(run(() -> false, "restore", "g.backup")).isZero();
        assertThat(exchange.asked).isEqualTo("restore g.backup content MERGE");
        Files.createDirectory(folder.resolve("sub"));
        assertThat(run(() -> false, "restore", "sub/../g.backup")).isZero();
    }

    @Test
    @Timeout(20)
    void commandThatWaitsEndsWhenItIsToStop() {
        AtomicInteger asked = new AtomicInteger();
        assertThat(run(() -> asked.incrementAndGet() > 2, "people", "list")).isEqualTo(1);
        assertThat(out.size()).isZero();
    }

    @Test
    void everyCommandHasPartsOfItsOwnAndGivesThemBack() {
        parts.add(new FakeStore());
        run(() -> false, "people", "list");
        run(() -> false, "people", "rename", "a", "b");
        assertThat(lent.given).isEqualTo(2);
        assertThat(lent.out).isZero();
    }

    @Test
    void processOfAGatewayRunsNoCommandByItself() {
        new CommandMode(context("gateway"), parts).deactivate();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("facegate-command-line"));
    }
}
