// SPDX-License-Identifier: Apache-2.0
package io.facegate.matcher.internal;

/**
 * Euclidean distance in double, summed in the order of numpy's pairwise sum (eight partial sums up
 * to 128 values), so that it equals {@code face_recognition.face_distance} to the last bit.
 */
final class Distance {
    private Distance() {}

    /** Between a face and a row that begins at an offset and has as many values. */
    static double between(float[] face, float[] vectors, int offset) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = 0;
        for (; i + 8 <= face.length; i += 8) {
            int v = offset + i;
            s0 += square(face[i], vectors[v]);
            s1 += square(face[i + 1], vectors[v + 1]);
            s2 += square(face[i + 2], vectors[v + 2]);
            s3 += square(face[i + 3], vectors[v + 3]);
            s4 += square(face[i + 4], vectors[v + 4]);
            s5 += square(face[i + 5], vectors[v + 5]);
            s6 += square(face[i + 6], vectors[v + 6]);
            s7 += square(face[i + 7], vectors[v + 7]);
        }
        double sum = ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
        for (; i < face.length; i++) {
            sum += square(face[i], vectors[offset + i]);
        }
        return Math.sqrt(sum);
    }

    private static double square(float a, float b) {
        double d = (double) a - b;
        return d * d;
    }
}
