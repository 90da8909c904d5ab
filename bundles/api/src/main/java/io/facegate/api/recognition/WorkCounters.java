// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

/**
 * How the faces of frames were found. At every moment {@code full + regions + tracked = recognized
 * + noFace} of the {@link PipelineCounters} of the same status.
 *
 * @param full frames searched whole by the detector
 * @param regions frames of which the detector searched parts only
 * @param tracked frames without detection: their faces were followed from the frame before, or
 *     nothing moved in them
 * @param encodedFaces faces encoded, in all frames together
 */
public record WorkCounters(long full, long regions, long tracked, long encodedFaces) {}
