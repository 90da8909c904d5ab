// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

/**
 * How a video says that its pictures are to be shown.
 *
 * @param pixelAspect width of a pixel for a height of 1; 0: not said
 * @param orientation what makes them upright
 */
record Presentation(double pixelAspect, Orientation orientation) {}
