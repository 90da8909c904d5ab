// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal;

import io.facegate.deploy.internal.signature.RefusedException;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What happens to bundles by other ways than files: the web console, the shell, programs. The
 * thread of this class does what follows, except for making room, which cannot wait.
 */
final class Watch implements SynchronousBundleListener {
    /**
     * Who updates a bundle also rewires and starts it; when that was not done by then it failed.
     */
    private static final long GRACE_MILLIS = 1500;

    /** So often it is looked whether it was started: the web console stops what it updates. */
    private static final int LOOKS = 40;

    /** Nothing is to be done about an update that was gone back from. */
    private static final long TOLD_MINUTES = 10;

    private static final long STOP_SECONDS = 3;

    /** The last update of each bundle that is still looked after, by id. */
    private final Map<Long, Object> updates = new ConcurrentHashMap<>();

    private final BundleContext system;
    private final BundleGate gate;
    private final Installation installation;
    private final BundleLife life;
    private final Generations generations;
    private final Troubles troubles;
    private final Deployer deployer;
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(
                    1, Watch::newThread, new ThreadPoolExecutor.DiscardPolicy());

    Watch(
            BundleContext system,
            BundleGate gate,
            Installation installation,
            BundleLife life,
            Generations generations,
            Troubles troubles,
            Deployer deployer) {
        this.system = system;
        this.gate = gate;
        this.installation = installation;
        this.life = life;
        this.generations = generations;
        this.troubles = troubles;
        this.deployer = deployer;
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Does something on the thread of this class again and again. */
    void everySecond(Runnable task) {
        thread.scheduleWithFixedDelay(() -> guarded(task), 1, 1, TimeUnit.SECONDS);
    }

    void close() {
        system.removeBundleListener(this);
        thread.shutdownNow();
        try {
            thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        switch (event.getType()) {
            case BundleEvent.STARTING -> generations.makeRoom(bundle);
            case BundleEvent.STARTED -> later(() -> started(bundle));
            case BundleEvent.STOPPED -> later(() -> gone(bundle));
            case BundleEvent.UNINSTALLED -> {
                String name = name(bundle);
                later(
                        () -> {
                            troubles.remove(name);
                            gone(bundle);
                        });
            }
            case BundleEvent.INSTALLED -> {
                later(() -> look(bundle));
                later(deployer::tryAgain);
            }
            case BundleEvent.UPDATED -> {
                later(() -> look(bundle));
                if (!life.isUpdating(bundle)) {
                    Object update = new Object();
                    updates.put(bundle.getBundleId(), update);
                    lookLater(bundle, update, LOOKS);
                }
            }
            default -> {
                return; // resolved, unresolved and stopping say nothing new
            }
        }
    }

    private void later(Runnable task) {
        thread.execute(() -> guarded(task));
    }

    private void guarded(Runnable task) {
        try {
            if (system.getBundle().getState() != Bundle.STOPPING) {
                task.run();
            }
        } catch (IllegalStateException e) {
            LoggerFactory.getLogger(Watch.class).debug("The framework stops", e);
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(Watch.class).error("Deployment went wrong", e);
        }
    }

    private void look(Bundle bundle) {
        if (bundle.getState() == Bundle.UNINSTALLED || installation.file(bundle).isPresent()) {
            return; // for people only, and of the installation's nobody asks
        }
        try {
            gate.look(bundle);
        } catch (IOException e) {
            LoggerFactory.getLogger(Watch.class).debug("{} cannot be looked at", bundle, e);
        }
    }

    private void gone(Bundle bundle) {
        if (bundle.getSymbolicName() == null) {
            return;
        }
        synchronized (deployer) { // not while it stops one only to update it
            generations.comeBack(bundle.getSymbolicName());
        }
    }

    private void started(Bundle bundle) {
        synchronized (deployer) {
            if (bundle.getState() != Bundle.ACTIVE || bundle.getSymbolicName() == null) {
                return;
            }
            Optional<Bundle> newer = generations.newerThan(bundle);
            if (newer.isPresent()) {
                generations.standDown(bundle);
                troubles.add(
                        name(bundle),
                        "was stopped: "
                                + newer.get().getVersion()
                                + " is newer and runs. Stop that first to go back to this.");
            } else if (generations.hasOther(bundle)) {
                life.componentFailure(bundle)
                        .ifPresent(
                                failure -> {
                                    generations.stop(bundle);
                                    generations.comeBack(bundle.getSymbolicName());
                                    troubles.add(
                                            name(bundle),
                                            "does not work: "
                                                    + failure
                                                    + ". The one before goes on.");
                                });
            }
        }
    }

    private void lookLater(Bundle bundle, Object update, int looks) {
        thread.schedule(
                () -> guarded(() -> updated(bundle, update, looks)),
                GRACE_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Whoever updated a bundle that is to run: it runs, or it becomes what it was. */
    private void updated(Bundle bundle, Object update, int looks) {
        synchronized (deployer) {
            long id = bundle.getBundleId();
            if (updates.get(id) != update) {
                return; // there was another one since
            }
            boolean mayRun =
                    bundle.getState() != Bundle.UNINSTALLED
                            && !BundleLife.isFragment(bundle)
                            && !generations.isStoodDown(bundle);
            boolean toRun = mayRun && bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
            if (mayRun && !toRun && looks > 1) {
                lookLater(bundle, update, looks - 1);
                return;
            }
            updates.remove(id);
            if (toRun) {
                startUpdated(bundle);
            }
        }
    }

    private void startUpdated(Bundle bundle) {
        try {
            life.start(bundle);
            troubles.remove(name(bundle));
        } catch (RefusedException e) {
            troubles.add(name(bundle), e.getMessage() + goneBack(bundle));
            thread.schedule(() -> troubles.remove(name(bundle)), TOLD_MINUTES, TimeUnit.MINUTES);
        }
    }

    private String goneBack(Bundle bundle) {
        Optional<Path> own = Locations.file(bundle.getLocation());
        if (own.isEmpty()) {
            return " Install the one before again.";
        }
        try {
            life.update(bundle, own.get());
            return " It was updated with that; what it was before (" + own.get() + ") goes on.";
        } catch (RefusedException e) {
            return " Nor can " + own.get() + " be used: it " + e.getMessage();
        } catch (IOException e) {
            return " Nor can " + own.get() + " be read: " + e.getMessage() + ".";
        }
    }

    /** By symbolic name alone: the version changes as it is gone back from. */
    private static String name(Bundle bundle) {
        return bundle.getSymbolicName() == null
                ? "bundle " + bundle.getBundleId()
                : bundle.getSymbolicName();
    }

    private static Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "facegate-deploy");
        thread.setDaemon(true);
        return thread;
    }
}
