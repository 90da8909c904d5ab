// SPDX-License-Identifier: Apache-2.0
package io.facegate.update.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of how a new encoder comes into use. */
@ObjectClassDefinition(
        name = "Facegate model updates",
        description = "What happens with a new face encoder that is put into the folder load")
@interface UpdateConfig {
    /** The PID. */
    String PID = "io.facegate.update";

    @AttributeDefinition(
            name = "Activate by itself",
            description =
                    "Whether a new encoder is used by itself when everybody could be encoded with it"
                            + " and nobody of the gallery would be told less well; off: facegate"
                            + " model use ID decides")
    boolean autoActivate() default true;

    @AttributeDefinition(
            name = "Look along for seconds",
            description =
                    "How long a new encoder looks at the faces before the cameras beside the one in"
                            + " use before it is used, 0 to 604800; 0: not at all",
            min = "0",
            max = "604800")
    int shadowSeconds() default 60;

    @AttributeDefinition(
            name = "Look along for faces",
            description = "After so many faces that is over, 1 to 100000",
            min = "1",
            max = "100000")
    int shadowFaces() default 50;
}
