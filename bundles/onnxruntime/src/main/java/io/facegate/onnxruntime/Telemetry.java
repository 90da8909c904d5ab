// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnxruntime;

import java.util.Map;

/**
 * Official builds of ONNX Runtime, from 1.29 on also those for Linux, keep an identifier of the
 * machine and records of its use in the user's home and send them to their maker. Who has set
 * {@value #SWITCH} in the environment before they are loaded is spared all of it; the switch of the
 * Java API comes too late, when the first record is written.
 */
final class Telemetry {
    private static final String SWITCH = "ORT_DISABLE_TELEMETRY";

    private Telemetry() {}

    /**
     * @throws LinkageError ONNX Runtime would report its use
     */
    static void check() {
        check(System.getenv());
    }

    static void check(Map<String, String> environment) {
        if (!"1".equals(environment.get(SWITCH))) {
            throw new UnsatisfiedLinkError(
                    "ONNX Runtime would report its use to its maker: start this process with "
                            + SWITCH
                            + "=1 in its environment, as bin/facegate does. Until then the same"
                            + " models run in dlib.");
        }
    }
}
