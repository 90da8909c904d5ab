// SPDX-License-Identifier: Apache-2.0
package io.facegate.control.internal;

import io.facegate.api.command.CommandRunner;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.start.control.ControlSocket;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Takes commands for the running gateway at {@code control.sock} of the data folder. */
@Component(immediate = true)
public final class Control implements ConditionSource {
    private static final Logger LOG = LoggerFactory.getLogger(Control.class);
    private static final String PART = "control";
    private static final Duration GREETING = Duration.ofSeconds(10);

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile CommandRunner runner;

    private final Optional<ControlServer> server;
    private final List<Condition> conditions;

    @Activate
    public Control(BundleContext context) {
        if (!"gateway".equals(context.getProperty("facegate.mode"))) {
            server = Optional.empty();
            conditions = List.of();
            return;
        }
        String data = context.getProperty("facegate.data");
        ControlSocket socket = new ControlSocket(Path.of(data == null ? "facegate-data" : data));
        Optional<ControlServer> started = Optional.empty();
        Condition condition;
        try {
            started =
                    Optional.of(
                            new ControlServer(socket, () -> Optional.ofNullable(runner), GREETING));
            condition =
                    new Condition(PART, Condition.Level.OK, "takes commands at " + socket.file());
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("The gateway takes no commands at {}: {}", socket.file(), e.getMessage());
            condition =
                    new Condition(
                            PART, Condition.Level.DEGRADED, "takes no commands: " + e.getMessage());
        }
        server = started;
        conditions = List.of(condition);
    }

    @Deactivate
    void deactivate() {
        server.ifPresent(ControlServer::close);
    }

    @Override
    public List<Condition> conditions() {
        return conditions;
    }
}
