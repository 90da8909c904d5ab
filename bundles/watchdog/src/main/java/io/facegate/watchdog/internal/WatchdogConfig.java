// SPDX-License-Identifier: Apache-2.0
package io.facegate.watchdog.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the watchdog. */
@ObjectClassDefinition(
        name = "Facegate watchdog",
        description = "What happens when a frame is worked on for too long")
@interface WatchdogConfig {
    /** The PID. */
    String PID = "io.facegate.watchdog";

    @AttributeDefinition(
            name = "Longest work on a frame in seconds",
            description =
                    "After so long recognition is started anew; when that does not help, the"
                            + " gateway is, by systemd. 2 to 3600; 0: never",
            min = "0",
            max = "3600")
    int frameSeconds() default 120;
}
