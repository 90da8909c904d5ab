// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal;

import io.facegate.api.command.CommandRunner;
import io.facegate.api.command.CommandSurroundings;
import io.facegate.command.internal.session.Parts;
import io.facegate.command.internal.session.Session;
import io.facegate.command.internal.session.StopSignal;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Runs commands in the process it is asked in, each on the thread that asks. */
@Component
public final class Runner implements CommandRunner {
    private final ComponentServiceObjects<Parts> parts;
    private final String version;
    private final Duration patience;
    private final Set<StopSignal> running = ConcurrentHashMap.newKeySet();

    @Activate
    public Runner(
            BundleContext context,
            @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED)
                    ComponentServiceObjects<Parts> parts) {
        this.parts = parts;
        this.version = context.getProperty("facegate.version");
        this.patience = Patience.of(context);
    }

    @Override
    public int run(List<String> words, CommandSurroundings surroundings) {
        StopSignal stop = new StopSignal();
        running.add(stop);
        StopWatch watch = new StopWatch(surroundings.stopped(), stop);
        Parts own = parts.getService();
        try {
            Session session = new Session(own, surroundings, patience, stop);
            return new Program(session, version).run(words);
        } finally {
            parts.ungetService(own);
            watch.end();
            running.remove(stop);
        }
    }

    @Deactivate
    void deactivate() {
        running.forEach(StopSignal::stop);
    }
}
