// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.status.ConditionSource;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.apache.felix.webconsole.spi.SecurityProvider;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import java.util.List;

/**
 * Log-in of the whole web console, the standard pages included: HTTP Basic (RFC 7617) against one
 * password. The framework property {@code felix.webconsole.security.providers=facegate} makes the
 * console wait for it. Every role is granted to who knows the password.
 */
@Component(
        service = {SecurityProvider.class, ConditionSource.class},
        immediate = true,
        configurationPid = ConsoleConfig.PID,
        property = SecurityProvider.PROPERTY_ID + "=" + ConsoleLogin.ID)
public final class ConsoleLogin implements SecurityProvider, ConditionSource {
    static final String ID = "facegate";

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile ConfigurationAdmin configurations;

    private final PasswordCheck check;
    private final RequestGuard guard;

    /** Without the guard no log-in, and without that no console. */
    @Activate
    public ConsoleLogin(
            ConsoleConfig config, BundleContext context, @Reference RequestGuard guard) {
        this.guard = guard;
        this.check =
                new PasswordCheck(
                        config.user(),
                        config._password(),
                        new PasswordFiles(DataFolder.of(context)));
        check.prepare();
    }

    @Override
    public Object authenticate(HttpServletRequest request, HttpServletResponse response) {
        Answer answer = check.check(request.getHeader("Authorization"), request.getRemoteAddr());
        if (answer.status() == Answer.GRANTED && !guard.allows(request)) {
            answer = Answer.FOREIGN_SITE;
        }
        if (answer.status() == Answer.GRANTED) {
            answer =
                    ShownPasswords.refusal(
                                    request.getMethod(), request.getRequestURI(), configurations)
                            .orElse(answer);
        }
        if (answer.status() == Answer.GRANTED) {
            request.setAttribute("org.osgi.service.http.authentication.type", "BASIC");
            request.setAttribute("org.osgi.service.http.authentication.remote.user", check.user());
            return check.user();
        }
        answer.send(response);
        return null;
    }

    @Override
    public boolean authorize(Object user, String role) {
        return true;
    }

    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response) {
        // With Basic the browser forgets the password when the web console answers 401.
    }

    @Override
    public List<Condition> conditions() {
        String problem = check.problem();
        return List.of(
                problem.isEmpty()
                        ? new Condition("console/login", Level.OK, "user " + check.user())
                        : new Condition("console/login", Level.FAILED, problem));
    }
}
