// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal;

import io.facegate.deploy.internal.signature.RefusedException;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Bundles as files: installs what comes, updates what changes, takes away what goes, and leaves
 * everything as it was when the new one cannot be used. All methods block until that is done, one
 * after the other.
 */
final class Deployer {
    private final BundleContext system;
    private final BundleGate gate;
    private final Installation installation;
    private final BundleLife life;
    private final Generations generations;
    private final Troubles troubles;

    /** Files that are here now. */
    private final Set<Path> files = new TreeSet<>();

    /** Bundles that have the content of a file which is not their own, by it. */
    private final Map<Path, Long> replaced = new HashMap<>();

    Deployer(
            BundleContext system,
            BundleGate gate,
            Installation installation,
            BundleLife life,
            Generations generations,
            Troubles troubles) {
        this.system = system;
        this.gate = gate;
        this.installation = installation;
        this.life = life;
        this.generations = generations;
        this.troubles = troubles;
    }

    /** A file is there, or another one than before. */
    synchronized void put(Path file) {
        files.add(file);
        troubles.remove(name(file));
        attempt(file, () -> deploy(file));
        startOthers();
    }

    /** A file is not there any more. */
    synchronized void take(Path file) {
        files.remove(file);
        troubles.remove(name(file));
        Long id = replaced.remove(file);
        Bundle bundle = id == null ? system.getBundle(Locations.of(file)) : system.getBundle(id);
        if (bundle == null) {
            return;
        }
        Optional<Path> own =
                installation.file(bundle).or(() -> Locations.file(bundle.getLocation()));
        attempt(
                file,
                () -> {
                    if (own.isPresent()) {
                        life.replace(bundle, own.get());
                    } else {
                        bundle.uninstall();
                        life.refresh(bundle);
                        generations.comeBack(bundle.getSymbolicName());
                    }
                });
        startOthers();
    }

    /** Looks again at what could not be used: something changed that it may have waited for. */
    synchronized void tryAgain() {
        for (Path file : Set.copyOf(files)) {
            if (system.getBundle(Locations.of(file)) == null && !replaced.containsKey(file)) {
                attempt(file, () -> deploy(file));
            }
        }
        startOthers();
    }

    private void deploy(Path file) throws RefusedException, IOException, BundleException {
        BundleHeaders headers = BundleHeaders.read(file);
        Bundle own = system.getBundle(Locations.of(file));
        if (own != null && !headers.name().equals(own.getSymbolicName())) {
            gate.check(file, headers);
            own.uninstall();
            life.refresh(own);
            generations.comeBack(own.getSymbolicName());
            own = null;
        }
        gate.check(file, headers);
        if (own != null) {
            life.replace(own, file);
            return;
        }
        Optional<Bundle> same = installed(headers);
        if (same.isPresent()) {
            life.replace(same.get(), file);
            replaced.put(file, same.get().getBundleId());
            return;
        }
        Bundle bundle;
        try (InputStream in = Files.newInputStream(file)) {
            bundle = system.installBundle(Locations.of(file), in);
        }
        if (BundleLife.isFragment(bundle)) {
            life.refresh(bundle);
        }
        start(bundle);
    }

    private Optional<Bundle> installed(BundleHeaders headers) {
        return Stream.of(system.getBundles())
                .filter(bundle -> headers.name().equals(bundle.getSymbolicName()))
                .filter(bundle -> headers.version().equals(bundle.getVersion()))
                .findFirst();
    }

    private void start(Bundle bundle) throws RefusedException {
        Optional<Bundle> newer = generations.newerThan(bundle);
        if (newer.isPresent()) {
            throw new RefusedException(
                    "is not used: "
                            + newer.get().getVersion()
                            + " of "
                            + bundle.getSymbolicName()
                            + " is newer. Take that away to go back to this.");
        }
        try {
            life.start(bundle);
        } catch (RefusedException e) {
            boolean other = generations.hasOther(bundle);
            if (other) {
                generations.stop(bundle);
                generations.comeBack(bundle.getSymbolicName());
            }
            throw other ? new RefusedException(e.getMessage() + " The one before goes on.", e) : e;
        }
    }

    /** Those that waited for something which may have come; fragments have nothing to start. */
    private void startOthers() {
        for (Path file : files) {
            Bundle bundle = system.getBundle(Locations.of(file));
            if (bundle != null
                    && bundle.getState() != Bundle.ACTIVE
                    && bundle.getState() != Bundle.STARTING
                    && !BundleLife.isFragment(bundle)
                    && !generations.isStoodDown(bundle)) {
                attempt(file, () -> start(bundle));
            }
        }
    }

    private void attempt(Path file, Attempt attempt) {
        try {
            attempt.run();
            troubles.remove(name(file));
        } catch (RefusedException e) {
            troubles.add(name(file), e.getMessage());
        } catch (IOException | BundleException | IllegalStateException e) {
            if (Files.exists(file)) { // or it was just taken away, which is told of next
                troubles.add(name(file), "cannot be used: " + e.getMessage() + ".");
            }
        }
    }

    /** As people know it: with the folder it lies in. */
    private static String name(Path file) {
        return file.subpath(file.getNameCount() - 2, file.getNameCount()).toString();
    }

    /** What may fail. */
    private interface Attempt {
        void run() throws RefusedException, IOException, BundleException;
    }
}
