// SPDX-License-Identifier: Apache-2.0
package io.facegate.itest;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.testing.Await;

import org.osgi.framework.Bundle;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Brings variants of bundles into a running gateway, by each way. */
final class Deployment {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final GatewayFramework gateway;
    private final Path folder;
    private final Path load;
    private final Shell shell;
    private final ConsolePage console;

    /**
     * @param folder where files lie that are installed from elsewhere
     * @param load the gateway's own
     */
    Deployment(GatewayFramework gateway, Path folder, Path load) throws Exception {
        this.gateway = gateway;
        this.folder = folder;
        this.load = load;
        shell = new Shell(gateway.context());
        console = new ConsolePage(gateway.httpPort());
        gateway.configure("io.facegate.console", Map.of(".password", ConsolePage.PASSWORD));
        awaitConsole();
    }

    ConsolePage console() {
        return console;
    }

    /** Puts a variant beside the one there is; closing takes it away again. */
    AutoCloseable bring(Way way, Variant variant, String name) throws Exception {
        String file = name + "-" + variant.version() + ".jar";
        if (way == Way.LOAD) {
            Path jar = variant.write(name, load.resolve(file));
            return () -> Files.delete(jar);
        }
        Path jar = variant.write(name, folder.resolve(file));
        if (way == Way.GOGO) {
            String said = shell.install(jar);
            Optional<Bundle> bundle = find(name, variant);
            assertThat(bundle.isPresent()).as(said).isEqualTo(variant != Variant.BROKEN);
            if (bundle.isPresent()) {
                shell.start(bundle.get());
            } else {
                assertThat(said).as("told why").contains("zip END header not found");
            }
            return () -> {
                if (bundle.isPresent()) {
                    shell.uninstall(bundle.get());
                }
            };
        }
        awaitConsole();
        int answer = console.upload(jar, true);
        assertThat(answer == 500).as("refused: " + answer).isEqualTo(variant == Variant.BROKEN);
        if (variant == Variant.BROKEN) {
            awaitComplaint("console/bundles");
            return () -> {};
        }
        Bundle bundle =
                Await.until(jar + " installed", DEADLINE, () -> find(name, variant).orElse(null));
        if (variant == Variant.FAILING || variant == Variant.UNRESOLVABLE) {
            awaitComplaint("Cannot install or update bundle");
        }
        return () -> {
            awaitConsole();
            console.press(bundle, "uninstall");
        };
    }

    /** Updates a bundle in its place. */
    void replace(Way way, Variant variant, Bundle own) throws Exception {
        Path file = folder.resolve(own.getSymbolicName() + ".jar");
        variant.write(own.getSymbolicName(), file);
        if (way == Way.GOGO) {
            shell.update(own, file);
            shell.refresh(own);
        } else {
            awaitConsole();
            assertThat(console.upload(file, false)).isLessThan(400);
            if (variant == Variant.FAILING) {
                awaitComplaint("Cannot install or update bundle");
            }
        }
    }

    /** Reads a bundle again from where it was installed from. */
    void readAgain(Way way, Bundle own) throws Exception {
        if (way == Way.GOGO) {
            shell.update(own);
            shell.refresh(own);
        } else {
            awaitConsole();
            console.press(own, "update");
        }
    }

    /** The web console tells in the log, where it is expected then. */
    private void awaitComplaint(String words) throws Exception {
        Await.until(
                words + " in the log",
                DEADLINE,
                () -> gateway.complaints().stream().anyMatch(l -> l.contains(words)) ? true : null);
        gateway.forgive();
    }

    /** It is among what is updated itself. */
    private void awaitConsole() throws Exception {
        Await.until("the console", DEADLINE, () -> console.look() == 200 ? true : null);
    }

    private Optional<Bundle> find(String name, Variant variant) {
        return Stream.of(gateway.context().getBundles())
                .filter(b -> name.equals(b.getSymbolicName()))
                .filter(b -> b.getVersion().toString().equals(variant.version()))
                .findFirst();
    }
}
