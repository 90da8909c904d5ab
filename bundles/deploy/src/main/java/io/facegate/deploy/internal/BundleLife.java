// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal;

import io.facegate.deploy.internal.signature.Contents;
import io.facegate.deploy.internal.signature.ContentsAsJar;
import io.facegate.deploy.internal.signature.RefusedException;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Starts and updates bundles, and says in words what goes wrong with it. */
final class BundleLife {
    private static final long REFRESH_SECONDS = 60;
    private static final int LONGEST_REASON = 300;

    private final BundleContext system;
    private final BundleContext own;
    private final BundleGate gate;
    private final Set<Long> updating = ConcurrentHashMap.newKeySet();

    /**
     * @param system context of the framework's own bundle
     * @param own context of this bundle: the framework does not see the runtime of components
     */
    BundleLife(BundleContext system, BundleContext own, BundleGate gate) {
        this.system = system;
        this.own = own;
        this.gate = gate;
    }

    /** Whether the update of a bundle that is told of just now is one of this class. */
    boolean isUpdating(Bundle bundle) {
        return updating.contains(bundle.getBundleId());
    }

    /**
     * Starts a bundle.
     *
     * @throws RefusedException it does not start, or a component of it failed, which then goes on
     *     in an active bundle
     */
    void start(Bundle bundle) throws RefusedException {
        if (isFragment(bundle)) {
            return;
        }
        boolean toRun = bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
        try {
            bundle.start();
        } catch (BundleException | IllegalStateException e) {
            if (!toRun) {
                forget(bundle);
            }
            throw new RefusedException(
                    gate.refusal(bundle).orElseGet(() -> "does not start: " + reason(e) + "."), e);
        }
        Optional<String> failure = componentFailure(bundle);
        if (failure.isPresent()) {
            throw new RefusedException("does not work: " + shortened(failure.get()) + ".");
        }
    }

    /** The framework would try again, and complain, whenever it has a reason to. */
    private static void forget(Bundle bundle) {
        try {
            bundle.stop();
        } catch (BundleException | IllegalStateException e) {
            return; // it did not run
        }
    }

    /** What a component of a bundle threw as it was activated. */
    Optional<String> componentFailure(Bundle bundle) {
        try {
            return ComponentFailures.of(bundle, own);
        } catch (LinkageError | IllegalStateException e) {
            return Optional.empty(); // there is no such runtime, or this bundle was stopped
        }
    }

    /**
     * Gives a bundle the content of a file. When the bundle ran and does not with it, it gets what
     * it had before and runs again.
     *
     * @throws RefusedException it could not be used; the message says what became of it
     */
    void replace(Bundle bundle, Path file) throws RefusedException, IOException {
        boolean ran = bundle.getState() == Bundle.ACTIVE || isFragment(bundle);
        Path before = Files.createTempFile("facegate-bundle", ".jar");
        try {
            if (ran) {
                keep(bundle, before);
            }
            try {
                update(bundle, file);
            } catch (RefusedException e) {
                if (!ran) {
                    throw e;
                }
                goBack(bundle, before, e);
            }
        } finally {
            Files.delete(before);
        }
    }

    private void goBack(Bundle bundle, Path before, RefusedException why)
            throws RefusedException, IOException {
        String outcome;
        try {
            update(bundle, before);
            outcome = " The one before goes on.";
        } catch (RefusedException e) {
            outcome = " Nor can the one before be used now: it " + e.getMessage();
        }
        throw new RefusedException(why.getMessage() + outcome, why);
    }

    /** Updates, rewires and starts a bundle. */
    void update(Bundle bundle, Path file) throws RefusedException, IOException {
        updating.add(bundle.getBundleId());
        try (InputStream in = Files.newInputStream(file)) {
            if (!isFragment(bundle)) {
                bundle.stop(
                        Bundle.STOP_TRANSIENT); // or the framework starts it before it is rewired
            }
            bundle.update(in);
        } catch (BundleException e) {
            throw new RefusedException("cannot be installed: " + reason(e) + ".", e);
        } finally {
            updating.remove(bundle.getBundleId());
        }
        refresh(bundle);
        start(bundle);
    }

    /** Rewires a bundle and those that use it, and the hosts of a fragment; waits for it. */
    void refresh(Bundle bundle) throws IOException {
        List<Bundle> all = new ArrayList<>(List.of(bundle));
        if (bundle.getState() != Bundle.UNINSTALLED && isFragment(bundle)) {
            String host = bundle.getHeaders("").get("Fragment-Host").split(";", 2)[0].strip();
            Stream.of(system.getBundles())
                    .filter(b -> host.equals(b.getSymbolicName()) && b.getBundleId() != 0)
                    .forEach(all::add);
        }
        CountDownLatch done = new CountDownLatch(1);
        system.getBundle()
                .adapt(FrameworkWiring.class)
                .refreshBundles(
                        all,
                        event -> {
                            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                                done.countDown();
                            }
                        });
        try {
            if (!done.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the framework does not rewire its bundles");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void keep(Bundle bundle, Path file) throws IOException {
        try (Contents contents = Contents.of(bundle)) {
            List<String> names = new ArrayList<>(contents.names());
            names.remove(JarFile.MANIFEST_NAME);
            Collections.sort(names);
            names.add(0, JarFile.MANIFEST_NAME);
            try (InputStream in = new ContentsAsJar(contents, names)) {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    static boolean isFragment(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    /** What is behind an exception of the framework, on one line. */
    private static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        if (cause != e && !(cause instanceof BundleException)) {
            message = cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
        }
        return shortened(message == null ? cause.getClass().getSimpleName() : message);
    }

    private static String shortened(String text) {
        String line = text.lines().findFirst().orElse("").strip();
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
    }
}
