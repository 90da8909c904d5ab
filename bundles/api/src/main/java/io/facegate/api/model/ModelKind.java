// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.model;

/** What a model is for; the lower-case name is the {@code kind} of the capability. */
public enum ModelKind {
    DETECTOR,
    LANDMARKS,
    ENCODER,
    /** Not declared, or not known to this version; such a model is refused. */
    UNKNOWN
}
