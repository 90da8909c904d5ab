// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

import java.util.Optional;

/** Components that threw as they were activated: their bundle is active, and does nothing. */
final class ComponentFailures {
    private ComponentFailures() {}

    /** The first line of what a component of a bundle threw. */
    static Optional<String> of(Bundle bundle, BundleContext context) {
        ServiceReference<ServiceComponentRuntime> reference =
                context.getServiceReference(ServiceComponentRuntime.class);
        ServiceComponentRuntime runtime = reference == null ? null : context.getService(reference);
        if (runtime == null) {
            return Optional.empty();
        }
        try {
            return runtime.getComponentDescriptionDTOs(bundle).stream()
                    .flatMap(c -> runtime.getComponentConfigurationDTOs(c).stream())
                    .filter(c -> c.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
                    .map(c -> c.description.name + ": " + reason(c.failure))
                    .findFirst();
        } finally {
            context.ungetService(reference);
        }
    }

    /** The exception behind those of reflection and of SCR, of whose stack trace it is told. */
    private static String reason(String trace) {
        if (trace == null) {
            return "it threw an exception";
        }
        return trace.lines()
                .filter(line -> line.startsWith("Caused by: "))
                .reduce((first, second) -> second)
                .map(line -> line.substring("Caused by: ".length()))
                .orElseGet(() -> trace.lines().findFirst().orElse("it threw an exception"));
    }
}
