// SPDX-License-Identifier: Apache-2.0
package io.facegate.matcher.internal;

/** The places with the smallest bounds so far, the smallest first. */
final class Smallest {
    private final float[] bounds;
    private final int[] places;
    private int size;

    /** Keeps as many as {@code most}, at least 1. */
    Smallest(int most) {
        bounds = new float[most];
        places = new int[most];
    }

    /** A bound has to be below this to be kept. */
    float limit() {
        return size < bounds.length ? Float.POSITIVE_INFINITY : bounds[size - 1];
    }

    int size() {
        return size;
    }

    /** Where the i-th smallest bound is. */
    int place(int i) {
        return places[i];
    }

    /** Keeps a place whose bound is below the limit. */
    void add(float bound, int place) {
        int at = size < bounds.length ? size++ : size - 1;
        for (; at > 0 && bounds[at - 1] > bound; at--) {
            bounds[at] = bounds[at - 1];
            places[at] = places[at - 1];
        }
        bounds[at] = bound;
        places[at] = place;
    }
}
