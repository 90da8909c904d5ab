// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.picture;

/** Formats a {@link PictureWriter} writes. */
public enum PictureFormat {
    /** Lossy, small: live pictures and snapshots. Never for chips: it moves descriptors. */
    JPEG,
    /** Lossless. */
    PNG
}
