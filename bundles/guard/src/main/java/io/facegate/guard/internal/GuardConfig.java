// SPDX-License-Identifier: Apache-2.0
package io.facegate.guard.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration; the defaults stand in {@link Settings} as well. */
@ObjectClassDefinition(
        name = "Facegate guard",
        description =
                "When recognition is eased because the machine is hot, short of power, memory or disk"
                        + " space")
@interface GuardConfig {
    /** The PID. */
    String PID = "io.facegate.guard";

    @AttributeDefinition(
            name = "Enabled",
            description = "Whether anything is eased; what is seen is told in any case")
    boolean enabled() default true;

    @AttributeDefinition(
            name = "Hot",
            description =
                    "Degrees Celsius of the processor, 30 to 120, from which on recognition is eased"
                            + " (a Raspberry Pi slows itself down from 80 on)",
            min = "30",
            max = "120")
    int hotCelsius() default 78;

    @AttributeDefinition(
            name = "Cool",
            description = "Degrees Celsius, 20 to 119, below which it is not any more",
            min = "20",
            max = "119")
    int coolCelsius() default 72;

    @AttributeDefinition(
            name = "Memory pressure",
            description =
                    "Per cent of ten seconds in which tasks wait for memory, 1 to 100, from which on"
                            + " recognition is eased; a quarter of it is calm",
            min = "1",
            max = "100")
    int pressurePercent() default 20;

    @AttributeDefinition(
            name = "Scarce memory",
            description =
                    "Megabytes of available memory, 0 to 100000, below which recognition is eased;"
                            + " half as much again is calm",
            min = "0",
            max = "100000")
    int scarceMegabytes() default 60;

    @AttributeDefinition(
            name = "Scarce disk space",
            description =
                    "Megabytes free for the data folder, 0 to 1000000, below which no new faces of"
                            + " unknown people are kept; half as much again is enough",
            min = "0",
            max = "1000000")
    int scarceDiskMegabytes() default 200;

    @AttributeDefinition(
            name = "Look every",
            description = "Milliseconds between two looks at the machine, 100 to 600000",
            min = "100",
            max = "600000")
    int checkMillis() default 5000;

    @AttributeDefinition(
            name = "Next step after",
            description = "Seconds in need until the next step is taken, 0 to 3600",
            min = "0",
            max = "3600")
    int stepSeconds() default 20;

    @AttributeDefinition(
            name = "Step back after",
            description = "Seconds of calm until a step is taken back, 0 to 86400",
            min = "0",
            max = "86400")
    int calmSeconds() default 120;

    @AttributeDefinition(
            name = "Kernel's files",
            description = "Folder that has proc and sys; another than / is for trying this out")
    String kernelFolder() default "/";
}
