// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

/** What a decoder puts its pixels into, in pieces of rows. */
@FunctionalInterface
interface PixelTarget {
    /**
     * Takes some pixels of a row.
     *
     * @param x column of the first
     * @param y row
     * @param pixels how many
     * @param rgb their samples
     * @param offset of the first sample
     */
    void put(int x, int y, int pixels, byte[] rgb, int offset);
}
