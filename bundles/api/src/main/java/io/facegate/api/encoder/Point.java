// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.encoder;

/**
 * A point in source pixels; may lie outside the picture.
 *
 * @param x column
 * @param y row
 */
public record Point(int x, int y) {}
