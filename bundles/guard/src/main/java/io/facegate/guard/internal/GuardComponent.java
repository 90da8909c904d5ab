// SPDX-License-Identifier: Apache-2.0
package io.facegate.guard.internal;

import io.facegate.api.load.LoadGuard;
import io.facegate.api.load.LoadLimit;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.guard.machine.KernelFiles;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Watches the machine as a service. */
@Component(immediate = true, configurationPid = GuardConfig.PID)
@Designate(ocd = GuardConfig.class)
public final class GuardComponent implements LoadGuard, ConditionSource {
    private static final Logger LOG = LoggerFactory.getLogger(GuardComponent.class);
    private static final long MEGABYTE = 1 << 20;
    private static final long STOP_MILLIS = 3000;

    private final Watch watch;
    private final Settings settings;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;

    @Activate
    public GuardComponent(BundleContext context, GuardConfig config) {
        settings = Settings.of(config);
        settings.complaints().forEach(c -> LOG.warn("configuration {}: {}", GuardConfig.PID, c));
        Path data =
                Path.of(
                        Optional.ofNullable(context.getProperty("facegate.data"))
                                .orElse("facegate-data"));
        watch =
                new Watch(
                        new KernelFiles(Path.of(config.kernelFolder())),
                        settings,
                        () -> freeMegabytes(data));
        thread = new Thread(this::work, "facegate-guard");
        thread.setDaemon(true);
        thread.start();
        LOG.info("guard: {}", settings);
    }

    private static OptionalLong freeMegabytes(Path data) {
        try {
            return OptionalLong.of(Files.getFileStore(data).getUsableSpace() / MEGABYTE);
        } catch (IOException e) {
            return OptionalLong.empty(); // not there yet
        }
    }

    private void work() {
        try {
            do {
                watch.look(System.nanoTime());
            } while (!over.await(settings.check().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            return; // over
        }
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        over.countDown();
        thread.join(STOP_MILLIS);
    }

    @Override
    public LoadLimit limit() {
        return watch.limit();
    }

    @Override
    public List<Condition> conditions() {
        return watch.conditions();
    }
}
