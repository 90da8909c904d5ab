// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

/** A point in source pixels; may lie outside the picture. */
public record Point(int x, int y) {}
