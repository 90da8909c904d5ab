// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;

import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import java.util.List;

/**
 * All conditions as one Felix health check with the tag {@code facegate}. What the results mean:
 *
 * <ul>
 *   <li>OK: every part works.
 *   <li>WARN: the gateway works with less than it should, or a part waits for something that may
 *       come back by itself (a camera, the broker); nobody needs to be woken.
 *   <li>CRITICAL: a part does not work until a person acts; the message says how.
 *   <li>TEMPORARILY_UNAVAILABLE: no part has said anything yet; the gateway is starting.
 * </ul>
 *
 * Delayed on purpose: without the health check api nobody asks for the service, so the class is
 * never loaded and the bundle works without it.
 */
@Component(
        service = HealthCheck.class,
        property = {HealthCheck.NAME + "=Facegate gateway", HealthCheck.TAGS + "=facegate"})
public final class GatewayHealthCheck implements HealthCheck {
    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<ConditionSource> sources = List.of();

    @Override
    public Result execute() {
        return result(Conditions.of(sources));
    }

    static Result result(List<Condition> conditions) {
        FormattingResultLog log = new FormattingResultLog();
        if (conditions.isEmpty()) {
            log.temporarilyUnavailable("no part of the gateway has started yet");
        }
        for (Condition condition : conditions) {
            switch (condition.level()) {
                case OK:
                    log.info("{}: {}", condition.part(), condition.message());
                    break;
                case DEGRADED:
                    log.warn("{}: {}", condition.part(), condition.message());
                    break;
                default:
                    log.critical("{}: {}", condition.part(), condition.message());
            }
        }
        return new Result(log);
    }
}
