// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.camera;

/** Life of a camera. */
public enum CameraState {
    /** Being opened for the first time. */
    STARTING,
    /** Frames arrive. */
    ONLINE,
    /** Lost or never found; being tried again. */
    OFFLINE,
    /** Switched off by its owner. */
    DISABLED,
    /** A file that was played once to its end. */
    ENDED
}
