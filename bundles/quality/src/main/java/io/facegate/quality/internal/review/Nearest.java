// SPDX-License-Identifier: Apache-2.0
package io.facegate.quality.internal.review;

/** The nearest encoding of the same person and of another; the first among equals. */
final class Nearest {
    private final Rows rows;
    private final int row;
    private int own = -1;
    private int other = -1;
    private double ownDistance = Double.POSITIVE_INFINITY;
    private double otherDistance = Double.POSITIVE_INFINITY;

    Nearest(Rows rows, int row) {
        this.rows = rows;
        this.row = row;
    }

    /** Takes a row into account. */
    void add(int candidate, double distance) {
        if (candidate == row) {
            return;
        }
        if (rows.owner(candidate) == rows.owner(row)) {
            if (distance < ownDistance) {
                own = candidate;
                ownDistance = distance;
            }
        } else if (distance < otherDistance) {
            other = candidate;
            otherDistance = distance;
        }
    }

    /** The row it is about. */
    int row() {
        return row;
    }

    /** Row of the same person, -1 when there is none. */
    int own() {
        return own;
    }

    /** Row of another person, -1 when there is none. */
    int other() {
        return other;
    }

    /** Infinite when there is none. */
    double ownDistance() {
        return ownDistance;
    }

    /** Infinite when there is none. */
    double otherDistance() {
        return otherDistance;
    }
}
