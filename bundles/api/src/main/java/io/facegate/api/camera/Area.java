// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.camera;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A part of a camera's picture: a zone or a mask. Immutable.
 *
 * @param name of a zone, as events tell it; empty for a mask that has none. Without {@code :}
 * @param corners of its polygon in order, three or more; the last one is joined to the first. Where
 *     edges cross, what is inside follows the even-odd rule
 */
public record Area(String name, List<RelativePoint> corners) {
    /** Most corners of a polygon. */
    public static final int MAX_CORNERS = 100;

    /** Longest name of a zone. */
    public static final int MAX_NAME = 64;

    public Area {
        name = name.strip();
        corners = List.copyOf(corners);
        if (name.indexOf(':') >= 0 || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the name \"" + name + "\" may not hold a colon");
        }
        if (name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "the name \"" + name + "\" is longer than " + MAX_NAME + " characters");
        }
        if (corners.size() < 3 || corners.size() > MAX_CORNERS) {
            throw new IllegalArgumentException(
                    "a polygon has 3 to " + MAX_CORNERS + " corners, not " + corners.size());
        }
    }

    /**
     * Reads the form it has in a configuration: a name and a colon, which a mask may lack, then
     * corners as {@code x,y} with spaces between them.
     *
     * @param text such as {@code door: 0.1,0.2 0.5,0.2 0.5,0.9}
     * @throws IllegalArgumentException with what is wrong with it
     */
    public static Area parse(String text) {
        int colon = text.lastIndexOf(':');
        String name = colon < 0 ? "" : text.substring(0, colon);
        String polygon = text.substring(colon + 1).strip();
        List<RelativePoint> corners = new ArrayList<>();
        if (!polygon.isEmpty()) {
            for (String corner : polygon.split("\\s+")) {
                corners.add(corner(corner));
            }
        }
        return new Area(name, corners);
    }

    private static RelativePoint corner(String text) {
        String[] parts = text.split(",", -1);
        try {
            if (parts.length == 2) {
                return new RelativePoint(
                        Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(noCorner(text), e);
        }
        throw new IllegalArgumentException(noCorner(text));
    }

    private static String noCorner(String text) {
        return "\"" + text + "\" is no corner: corners are x,y from 0 to 1, such as 0.25,0.5";
    }

    /** What {@link #parse} reads. */
    public String text() {
        String polygon =
                corners.stream()
                        .map(c -> String.format(Locale.ROOT, "%.4f,%.4f", c.x(), c.y()))
                        .collect(Collectors.joining(" "));
        return name.isEmpty() ? polygon : name + ": " + polygon;
    }

    /** Whether a point of the picture lies in it; coordinates as of {@link RelativePoint}. */
    public boolean contains(double x, double y) {
        boolean inside = false;
        RelativePoint a = corners.get(corners.size() - 1);
        for (RelativePoint b : corners) {
            boolean crosses = a.y() > y != b.y() > y;
            if (crosses && x < (b.x() - a.x()) * (y - a.y()) / (b.y() - a.y()) + a.x()) {
                inside = !inside;
            }
            a = b;
        }
        return inside;
    }
}
