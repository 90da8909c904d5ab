// SPDX-License-Identifier: Apache-2.0
package io.facegate.video.internal;

/**
 * The rate of a video and the clock of its file.
 *
 * @param framesPerSecond what the source says, or 25 where it says nothing sensible
 * @param clock ticks, and the seconds they take
 * @param ticksPerFrame how long a frame is shown whose successor is not known, at least 1
 */
record FrameRate(double framesPerSecond, Clock clock, long ticksPerFrame) {
    private static final double USUAL = 25;
    private static final double LARGEST = 1000;
    private static final int PRECISION = 1000;

    /** {@code ticks} in {@code seconds}. */
    record Clock(int ticks, int seconds) {}

    /**
     * Of a file.
     *
     * @param ticksPerSecond of the file; 0: one for each frame
     */
    static FrameRate of(double framesPerSecond, int ticksPerSecond) {
        boolean sensible = framesPerSecond >= 1.0 / PRECISION && framesPerSecond <= LARGEST;
        double rate = sensible ? framesPerSecond : USUAL;
        if (ticksPerSecond == 0) {
            Clock clock = new Clock((int) Math.round(rate * PRECISION), PRECISION);
            return new FrameRate(rate, clock, 1);
        }
        long step = Math.max(1, Math.round(ticksPerSecond / rate));
        return new FrameRate(rate, new Clock(ticksPerSecond, 1), step);
    }

    double ticksPerSecond() {
        return (double) clock.ticks() / clock.seconds();
    }
}
