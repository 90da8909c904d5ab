// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.camera;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How wide the pixels of a video are shown, for their height (the sample aspect ratio of ISO/IEC
 * 14496-10, E.2.1). Recorders squeeze pictures: 960x1080 at 2:1 shows 1920x1080.
 *
 * @param width parts of width; 0: as the video says
 * @param height parts of height
 */
public record PixelAspect(int width, int height) {
    /** As the video says; square where it does not. */
    public static final PixelAspect AUTO = new PixelAspect(0, 1);

    /** No pixel is shown wider, or higher, than so many times of its other side. */
    public static final int MOST = 4;

    private static final Pattern RATIO = Pattern.compile("(\\d{1,5}):(\\d{1,5})");

    public PixelAspect {
        boolean wide = width > MOST * (long) height;
        if (width < 0 || height < 1 || width > 0 && (wide || height > MOST * (long) width)) {
            throw new IllegalArgumentException(
                    "the aspect of a pixel is 1:" + MOST + " to " + MOST + ":1, or auto");
        }
    }

    /**
     * Reads {@code auto} or a ratio like {@code 2:1}.
     *
     * @throws IllegalArgumentException it is neither, or out of range
     */
    public static PixelAspect parse(String text) {
        String words = text.strip();
        if (words.equalsIgnoreCase("auto")) {
            return AUTO;
        }
        Matcher ratio = RATIO.matcher(words);
        if (!ratio.matches() || Integer.parseInt(ratio.group(1)) == 0) {
            throw new IllegalArgumentException(
                    "the aspect of a pixel is auto, or width and height like 2:1, not \""
                            + text
                            + "\"");
        }
        return new PixelAspect(Integer.parseInt(ratio.group(1)), Integer.parseInt(ratio.group(2)));
    }

    /** Whether the video is asked. */
    public boolean isAuto() {
        return width == 0;
    }

    /** Width for a height of 1; 1 for {@link #AUTO}. */
    public double ratio() {
        return isAuto() ? 1 : width / (double) height;
    }

    @Override
    public String toString() {
        return isAuto() ? "auto" : width + ":" + height;
    }
}
