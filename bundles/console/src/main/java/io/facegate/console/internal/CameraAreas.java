// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import io.facegate.api.camera.Area;
import io.facegate.api.camera.Camera;
import io.facegate.api.camera.RelativePoint;
import io.facegate.api.camera.WatchedAreas;
import io.facegate.api.status.StaleServiceException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The zones and masks of a camera: told, checked, and saved into its configuration. */
final class CameraAreas {
    /** Most zones, and most masks, of a camera that are drawn. */
    private static final int MOST = 50;

    private static final long LONGEST = 256 << 10;

    /** Smallest part of the picture worth drawing: 3x3 pixels of 1,000x1,000. */
    private static final double SMALLEST = 1e-5;

    private CameraAreas() {}

    /** Sends them as JSON; 404 when there is no such camera. */
    static void send(String camera, GatewayServices services, HttpServletResponse response)
            throws IOException {
        Optional<WatchedAreas> areas = areas(camera, services.cameras());
        if (areas.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        Json.send(
                PageData.map(
                        "zones", list(areas.get().zones()),
                        "masks", list(areas.get().masks())),
                response);
    }

    private static Optional<WatchedAreas> areas(String id, List<Camera> cameras) {
        for (Camera camera : cameras) {
            try {
                if (camera.id().equals(id)) {
                    return Optional.of(camera.areas());
                }
            } catch (StaleServiceException e) {
                // being swapped; the page asks again
            }
        }
        return Optional.empty();
    }

    private static List<?> list(List<Area> areas) {
        return areas.stream()
                .map(
                        area ->
                                PageData.map(
                                        "name",
                                        area.name(),
                                        "corners",
                                        area.corners().stream()
                                                .map(c -> List.of(c.x(), c.y()))
                                                .toList()))
                .toList();
    }

    /**
     * Saves what a request says, with the parameters {@code camera} and any number of {@code zone}
     * and {@code mask}, as {@link Area#parse} reads them.
     */
    static Answer save(HttpServletRequest request, GatewayServices services) {
        if (request.getContentLengthLong() > LONGEST) {
            return Answer.refused(
                    HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "That is too much to draw.");
        }
        List<Area> zones;
        List<Area> masks;
        try {
            zones = read("zone", request);
            masks = read("mask", request);
            new WatchedAreas(zones, masks);
        } catch (IllegalArgumentException e) {
            return Answer.refused(HttpServletResponse.SC_BAD_REQUEST, sentence(e.getMessage()));
        }
        try {
            new CameraConfiguration(services.configurations())
                    .save(String.valueOf(request.getParameter("camera")), zones, masks);
            return Answer.done("Zones and masks are saved; the camera starts anew with them.");
        } catch (IOException e) {
            return Answer.refused(HttpServletResponse.SC_CONFLICT, sentence(e.getMessage()));
        }
    }

    private static List<Area> read(String kind, HttpServletRequest request) {
        String[] texts = request.getParameterValues(kind);
        List<Area> areas =
                Stream.of(texts == null ? new String[0] : texts)
                        .map(text -> parse(kind, text))
                        .toList();
        if (areas.size() > MOST) {
            throw new IllegalArgumentException("a camera has at most " + MOST + " " + kind + "s");
        }
        for (Area area : areas) {
            if (size(area.corners()) < SMALLEST) {
                throw new IllegalArgumentException(
                        called(kind, area.name()) + " has no size: draw its corners apart");
            }
        }
        return areas;
    }

    private static Area parse(String kind, String text) {
        int colon = text.lastIndexOf(':');
        String name = colon < 0 ? "" : text.substring(0, colon).strip();
        if (name.isEmpty() && kind.equals("zone")) {
            throw new IllegalArgumentException("a zone has no name: give it one");
        }
        try {
            return Area.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(called(kind, name) + ": " + e.getMessage(), e);
        }
    }

    private static String called(String kind, String name) {
        return name.isEmpty() ? "a " + kind : kind + " \"" + name + "\"";
    }

    /** Of the triangles from the first corner: 0 when all lie on one line. */
    private static double size(List<RelativePoint> corners) {
        RelativePoint first = corners.get(0);
        double size = 0;
        for (int i = 2; i < corners.size(); i++) {
            RelativePoint a = corners.get(i - 1);
            RelativePoint b = corners.get(i);
            size +=
                    Math.abs(
                                    (a.x() - first.x()) * (b.y() - first.y())
                                            - (b.x() - first.x()) * (a.y() - first.y()))
                            / 2;
        }
        return size;
    }

    private static String sentence(String text) {
        String words = String.valueOf(text);
        return words.substring(0, 1).toUpperCase(Locale.ROOT)
                + words.substring(1)
                + (words.endsWith(".") ? "" : ".");
    }
}
