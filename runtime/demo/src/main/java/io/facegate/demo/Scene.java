// SPDX-License-Identifier: Apache-2.0
package io.facegate.demo;

import java.util.List;

/**
 * A part of the footage.
 *
 * @param seconds how long it takes
 * @param shots pictures in it, the last on top
 */
record Scene(double seconds, List<Shot> shots) {
    Scene {
        shots = List.copyOf(shots);
    }
}
