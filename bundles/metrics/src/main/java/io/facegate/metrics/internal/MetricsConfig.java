// SPDX-License-Identifier: Apache-2.0
package io.facegate.metrics.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the metrics. */
@ObjectClassDefinition(
        name = "Facegate metrics",
        description = "Counters and stage figures for Prometheus, at /metrics")
@interface MetricsConfig {
    /** The PID. */
    String PID = "io.facegate.metrics";

    @AttributeDefinition(name = "Enabled", description = "Whether /metrics answers")
    boolean enabled() default true;

    @AttributeDefinition(
            name = "Remote",
            description =
                    "Whether other machines may read /metrics, without log-in; this machine always"
                            + " may. The HTTP service must listen on the network, too (--host)")
    boolean remote() default false;
}
