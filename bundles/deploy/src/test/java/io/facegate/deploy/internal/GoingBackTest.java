// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.status.Condition;
import io.facegate.deploy.internal.signature.TestBundle;
import io.facegate.testing.Await;

import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What cannot be used changes nothing. */
class GoingBackTest extends DeployedTest {
    @Test
    void aFileThatIsNotWholeLeavesTheOldOneRunning() throws Exception {
        Path file = bundle("1.0.0").write(load.resolve("a.jar"));
        put(file);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 300));
        put(file);
        assertThat(running()).containsExactly("1.0.0");
        assertTold("load/a.jar is no jar, or not whole", "Copy it anew");
        Files.writeString(file, "");
        put(file);
        assertTold("load/a.jar is no jar, or not whole");
        put(bundle("1.1.0").write(file));
        assertThat(running()).containsExactly("1.1.0");
        assertNothingWrong();
    }

    @Test
    void aJarThatIsNoBundleIsTold() throws Exception {
        put(
                new TestBundle(NAME, "1.0.0")
                        .with("Bundle-SymbolicName", "")
                        .write(load.resolve("a.jar")));
        assertThat(condition().message()).contains("load/a.jar");
        assertThat(condition().level()).isEqualTo(Condition.Level.DEGRADED);
    }

    @Test
    void theOldOneReturnsWhenTheNewOneInItsFileFails() throws Exception {
        Path file = bundle("1.0.0").write(load.resolve("a.jar"));
        put(file);
        put(failing("1.1.0").write(file));
        assertThat(running()).containsExactly("1.0.0");
        assertTold(
                "load/a.jar does not start: IllegalStateException: no start today.",
                "The one before goes on");
        put(bundle("1.1.0").with("Import-Package", "org.osgi.framework, not.there").write(file));
        assertThat(running()).containsExactly("1.0.0");
        assertTold("not.there", "The one before goes on");
        put(bundle("1.0.5").write(file));
        assertThat(running()).containsExactly("1.0.5");
        assertNothingWrong();
    }

    @Test
    void aNewerOneBesideItTakesItsPlaceAndGivesItBack() throws Exception {
        put(bundle("1.0.0").write(load.resolve("a.jar")));
        Path newer = bundle("1.1.0").write(load.resolve("b.jar"));
        put(newer);
        awaitRunning("1.1.0");
        put(bundle("0.9.0").write(load.resolve("c.jar")));
        assertTold("load/c.jar is not used: 1.1.0 of some.bundle is newer");
        take(newer);
        awaitRunning("1.0.0");
        assertTold("load/c.jar is not used: 1.0.0 of some.bundle is newer");
        take(load.resolve("c.jar"));
        assertNothingWrong();
    }

    @Test
    void aNewerOneBesideItThatFailsChangesNothing() throws Exception {
        put(bundle("1.0.0").write(load.resolve("a.jar")));
        put(failing("1.1.0").write(load.resolve("b.jar")));
        awaitRunning("1.0.0");
        assertTold("load/b.jar does not start", "no start today");
        take(load.resolve("b.jar"));
        awaitRunning("1.0.0");
        assertNothingWrong();
    }

    @Test
    void bothHoldForBundlesThatTheShellInstalls() throws Exception {
        put(bundle("1.0.0").write(load.resolve("a.jar")));
        Bundle newer =
                context.installBundle(
                        bundle("1.1.0").write(folder.resolve("b.jar")).toUri().toString());
        newer.start();
        awaitRunning("1.1.0");
        newer.uninstall();
        awaitRunning("1.0.0");
        Bundle broken =
                context.installBundle(
                        failing("1.2.0").write(folder.resolve("c.jar")).toUri().toString());
        assertThatThrownBy(broken::start).isInstanceOf(BundleException.class);
        awaitRunning("1.0.0");
    }

    @Test
    void aSecondUpdateThatFailsStaysTold() throws Exception {
        put(bundle("1.0.0").write(load.resolve("a.jar")));
        Bundle own = bundles().get(0);
        update(own, bundle("1.1.0").write(folder.resolve("b.jar")));
        Path bad = failing("1.2.0").write(folder.resolve("c.jar"));
        assertThatThrownBy(() -> update(own, bad)).isInstanceOf(BundleException.class);
        awaitTold("no start today");
        anotherFails();
        assertTold("no start today", "goes on");
        awaitRunning("1.0.0");
    }

    /** As the web console does it, which stops what it updates, and takes its time. */
    @Test
    void oneThatIsStartedLongAfterItsUpdateIsGoneBackFrom() throws Exception {
        put(bundle("1.0.0").write(load.resolve("a.jar")));
        Bundle own = bundles().get(0);
        own.stop();
        update(own, failing("1.2.0").write(folder.resolve("c.jar")));
        anotherFails();
        assertThatThrownBy(own::start).isInstanceOf(BundleException.class);
        awaitTold("no start today");
        assertTold("goes on");
        awaitRunning("1.0.0");
    }

    private static void update(Bundle bundle, Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            bundle.update(in);
        }
    }

    /** What was updated before was looked at by the time that this is told. */
    private void anotherFails() throws Exception {
        String name = "another.bundle";
        Path file = new TestBundle(name, "1.0.0").write(folder.resolve("another.jar"));
        Bundle other = context.installBundle(file.toUri().toString());
        other.start();
        Path bad =
                new TestBundle(name, "1.1.0")
                        .with("Bundle-Activator", "not.there.Activator")
                        .write(folder.resolve("bad.jar"));
        assertThatThrownBy(() -> update(other, bad)).isInstanceOf(BundleException.class);
        awaitTold("not.there.Activator");
    }

    private void awaitTold(String words) throws InterruptedException {
        Await.await(() -> condition().message().contains(words));
    }

    @Test
    void oneOfTheSameVersionIsUsedInItsPlaceUntilItsFileGoes() throws Exception {
        stop();
        bundle("1.0.0").write(home.resolve("bundle/own.jar"));
        startFramework();
        Bundle own = bundles().get(0);
        Path file = bundle("1.0.0").file("x.txt", "y").write(load.resolve("a.jar"));
        put(file);
        assertThat(own.getEntry("x.txt")).isNotNull();
        assertThat(running()).containsExactly("1.0.0");
        take(file);
        assertThat(own.getEntry("x.txt")).isNull();
        assertThat(running()).containsExactly("1.0.0");
        assertNothingWrong();
    }

    @Test
    void aBundleWaitsForWhatItNeeds() throws Exception {
        put(
                bundle("1.0.0")
                        .with("Import-Package", "org.osgi.framework, other")
                        .write(load.resolve("a.jar")));
        assertTold("load/a.jar does not start", "other");
        put(
                new TestBundle("other.bundle", "1.0.0")
                        .with("Export-Package", "other")
                        .file("other/x", "")
                        .write(load.resolve("b.jar")));
        awaitRunning("1.0.0");
        assertNothingWrong();
    }
}
