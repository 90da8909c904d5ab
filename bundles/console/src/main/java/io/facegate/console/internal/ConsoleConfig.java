// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of all components of this bundle. */
@ObjectClassDefinition(
        name = "Facegate console",
        description = "Log-in of the web console and its Facegate page")
@interface ConsoleConfig {
    /** The PID. */
    String PID = "io.facegate.console";

    @AttributeDefinition(name = "User", description = "Name to log in with, without a colon")
    String user() default "admin";

    @AttributeDefinition(
            name = "Password",
            description =
                    "Password to log in with, at least 8 characters; empty: the one made at first"
                            + " start, see console.password in the data folder",
            type = AttributeType.PASSWORD,
            required = false)
    String _password() default "";

    @AttributeDefinition(
            name = "Frames per second",
            description = "Most live pictures made per second and camera, 1 to 30")
    int framesPerSecond() default 5;

    @AttributeDefinition(
            name = "Largest width",
            description = "Width and height live pictures are scaled down to, in pixels, 160..1920")
    int maxWidth() default 640;

    @AttributeDefinition(
            name = "JPEG quality",
            description = "Quality of live pictures, in percent, 10..100")
    int qualityPercent() default 75;

    @AttributeDefinition(
            name = "Events",
            description = "Number of recent events shown on the page, 1..1000")
    int events() default 50;

    @AttributeDefinition(
            name = "Addresses",
            description =
                    "Addresses browsers open the console at, such as https://gate.example, where"
                            + " the name is not the machine's or a proxy stands in front; IP"
                            + " addresses, localhost and .local need none",
            required = false)
    String[] origins() default {};
}
