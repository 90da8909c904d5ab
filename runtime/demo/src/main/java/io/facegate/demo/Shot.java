// SPDX-License-Identifier: Apache-2.0
package io.facegate.demo;

import java.util.List;

/**
 * A picture that moves through a scene: where it is between its keys is interpolated.
 *
 * @param picture file name
 * @param keys where it is at which part of the scene, at least two, by rising part
 */
record Shot(String picture, List<Key> keys) {
    /**
     * Where a picture is at one moment.
     *
     * @param part of the scene, 0..1
     * @param x centre in pixels of the footage
     * @param y centre in pixels of the footage
     * @param width in pixels of the footage
     */
    record Key(double part, double x, double y, double width) {}

    Shot {
        keys = List.copyOf(keys);
        if (keys.size() < 2) {
            throw new IllegalArgumentException(picture + " needs two keys");
        }
    }

    /** Comes in from the left, pauses while it grows a little, and leaves to the right. */
    static Shot passing(String picture, double x, double y, double width) {
        return new Shot(
                picture,
                List.of(
                        new Key(0, -width / 2, y, width),
                        new Key(0.25, x - 12, y, width),
                        new Key(0.8, x + 12, y - 6, width * 1.08),
                        new Key(1, Footage.WIDTH + width / 2 + 20, y, width)));
    }

    /** Comes nearer. */
    static Shot zoom(String picture, double x, double y, double from, double to) {
        return new Shot(picture, List.of(new Key(0, x, y, from), new Key(1, x, y, to)));
    }

    Key at(double part) {
        Key before = keys.get(0);
        for (Key key : keys) {
            if (key.part >= part && key.part > before.part) {
                double t = (part - before.part) / (key.part - before.part);
                double s = t * t * (3 - 2 * t);
                return new Key(
                        part,
                        before.x + s * (key.x - before.x),
                        before.y + s * (key.y - before.y),
                        before.width + s * (key.width - before.width));
            }
            before = key;
        }
        return before;
    }
}
