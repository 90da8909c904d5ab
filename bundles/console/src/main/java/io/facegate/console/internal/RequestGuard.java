// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.status.ConditionSource;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.Preprocessor;

import java.io.IOException;
import java.util.List;

/**
 * In front of every request to the HTTP service, whichever bundle answers it: refuses names the
 * gateway does not have ({@link ConsoleNames}) and changes that pages of other sites ask for
 * ({@link SameOrigin}), and tells browsers what pages may do ({@link PageRules}).
 */
@Component(
        service = {RequestGuard.class, Preprocessor.class, ConditionSource.class},
        immediate = true,
        configurationPid = ConsoleConfig.PID)
public final class RequestGuard implements Preprocessor, ConditionSource {
    private static final Answer FOREIGN_NAME =
            Answer.refused(
                    HttpServletResponse.SC_FORBIDDEN,
                    "Refused: this gateway is not known by the name in the address. Open it by its"
                            + " IP address, or add the address to origins of "
                            + ConsoleConfig.PID
                            + ".");

    private final ConsoleNames names;
    private final PageRules rules;

    @Activate
    public RequestGuard(ConsoleConfig config, BundleContext context) {
        this.names = new ConsoleNames(config.origins());
        this.rules = new PageRules(context.getProperty("felix.webconsole.manager.root"));
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest asked
                && response instanceof HttpServletResponse answer) {
            rules.apply(asked.getRequestURI(), answer);
            if (!names.isHost(asked.getHeader("Host"))) {
                FOREIGN_NAME.send(answer);
                return;
            }
            if (!allows(asked)) {
                Answer.FOREIGN_SITE.send(answer);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    /** False for a changing request another site's page made. */
    boolean allows(HttpServletRequest request) {
        return SameOrigin.allows(request, names);
    }

    @Override
    public List<Condition> conditions() {
        return names.wrong().isEmpty()
                ? List.of()
                : List.of(
                        new Condition(
                                "console/origins",
                                Level.DEGRADED,
                                "left out of origins of "
                                        + ConsoleConfig.PID
                                        + ", as no address like https://gate.example: "
                                        + String.join(", ", names.wrong())));
    }
}
