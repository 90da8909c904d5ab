// SPDX-License-Identifier: Apache-2.0
package io.facegate.quality.internal;

import io.facegate.api.encoder.Landmarks;
import io.facegate.api.encoder.Point;

import java.util.List;

/**
 * Where a face looks, from dlib's five points: seen from above, the base of the nose lies in front
 * of the line through the corners of the eyes, so that turning the head moves it along that line,
 * and lifting the head moves it towards the line.
 *
 * @param yaw degrees, positive to the picture's right
 * @param pitch degrees, positive up; rough, since the length of noses differs as much
 * @param roll degrees clockwise in the picture
 */
record Pose(double yaw, double pitch, double roll) {
    /** Straight ahead: what is said of landmarks that are not dlib's five. */
    static final Pose UNKNOWN = new Pose(0, 0, 0);

    /** How far the base of the nose lies in front of the eyes, in distances of the eyes. */
    private static final double DEPTH = 0.245;

    /** How far it lies below them when the face looks straight ahead. */
    private static final double DROP = 0.54;

    /** Degrees of pitch for each distance of the eyes that it lies nearer to them. */
    private static final double LIFT = 168;

    /** Estimates the pose of a face. */
    static Pose of(Landmarks landmarks) {
        List<Point> p = landmarks.points();
        if (p.size() != 5) {
            return UNKNOWN;
        }
        double dx = p.get(0).x() - p.get(2).x();
        double dy = p.get(0).y() - p.get(2).y();
        double eyes = Math.hypot(dx, dy);
        if (eyes == 0) {
            return UNKNOWN;
        }
        double x = p.get(4).x();
        double y = p.get(4).y();
        for (int i = 0; i < 4; i++) {
            x -= p.get(i).x() / 4.0;
            y -= p.get(i).y() / 4.0;
        }
        // the nose in the frame of the eyes, in distances of their outer corners
        double along = (x * dx + y * dy) / (eyes * eyes);
        double below = (y * dx - x * dy) / (eyes * eyes);
        double yaw = Math.atan(along / DEPTH);
        // a turned head brings the eyes together
        double pitch = LIFT * (DROP - below * Math.cos(yaw));
        return new Pose(
                Math.toDegrees(yaw),
                Math.max(-90, Math.min(90, pitch)),
                Math.toDegrees(Math.atan2(dy, dx)));
    }
}
