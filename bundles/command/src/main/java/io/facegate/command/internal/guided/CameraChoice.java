// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.guided;

import io.facegate.api.camera.Camera;
import io.facegate.api.camera.CameraState;
import io.facegate.api.camera.FrameSourceFactory;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The camera a user named: one of the gateway's by its id, otherwise a device, stream or file.
 *
 * @param label how it is called in sources and messages; no slash, no password
 * @param camera the gateway's own
 * @param location of any other
 */
record CameraChoice(String label, Optional<Camera> camera, String location) {
    /**
     * Understands a name.
     *
     * @throws IOException nothing is called so, or the camera gives no frames as things are; the
     *     message says what to do
     */
    static CameraChoice of(Session session, String named) throws IOException {
        List<Camera> cameras = session.parts().all(Camera.class);
        for (Camera camera : cameras) {
            if (camera.id().equals(named)) {
                checkState(camera);
                return new CameraChoice(camera.id(), Optional.of(camera), "");
            }
        }
        String location = location(session, named);
        checkIsThere(session, named, cameras);
        for (Camera camera : cameras) {
            if (isDevice(location)
                    && device(camera.location()).equals(device(location))
                    && camera.status().state() != CameraState.DISABLED) {
                throw new IOException(
                        "The gateway watches "
                                + camera.location()
                                + " itself, as camera "
                                + camera.id()
                                + "; use --camera "
                                + camera.id()
                                + ".");
            }
        }
        return new CameraChoice(label(location), Optional.empty(), location);
    }

    private static void checkState(Camera camera) throws IOException {
        String id = camera.id();
        CameraState state = camera.status().state();
        if (state == CameraState.DISABLED) {
            throw new IOException(
                    "Camera " + id + " is switched off; facegate camera enable " + id + " first.");
        }
        if (state == CameraState.ENDED) {
            throw new IOException("Camera " + id + " has played its file to the end.");
        }
    }

    private static void checkIsThere(Session session, String named, List<Camera> cameras)
            throws IOException {
        boolean word = named.matches("[A-Za-z0-9_-]+");
        if (!word || isDevice(named) || Files.exists(session.path(named))) {
            return;
        }
        String ids = cameras.stream().map(Camera::id).sorted().collect(Collectors.joining(", "));
        throw new IOException(
                "There is no camera or file "
                        + named
                        + (cameras.isEmpty()
                                ? "; the gateway's cameras go by their ids while it runs. Name a"
                                        + " device, URL or file."
                                : "; the gateway has " + ids + "."));
    }

    /** A file seen from where the command was called; anything else as it was named. */
    private static String location(Session session, String named) {
        try {
            Path file = session.path(named);
            return Files.exists(file) && !isDevice(named) ? file.toString() : named;
        } catch (InvalidPathException e) {
            return named;
        }
    }

    private static boolean isDevice(String named) {
        return named.matches("\\d{1,3}")
                || named.startsWith("/dev/")
                || named.matches("(rpicam|libcamera)(:.*)?");
    }

    /** One spelling of each device, which one program at a time can read; the rest as they are. */
    private static String device(String location) {
        if (location.matches("\\d{1,3}")) {
            return "/dev/video" + location;
        }
        if (location.matches("(rpicam|libcamera)(:.*)?")) {
            String camera = location.replaceFirst("^libcamera", "rpicam");
            return camera.equals("rpicam:0") ? "rpicam" : camera;
        }
        if (!location.startsWith("/dev/")) {
            return location;
        }
        try {
            return Path.of(location).toRealPath().toString();
        } catch (IOException e) {
            return location;
        }
    }

    private static String label(String location) {
        if (location.contains("://")) {
            try {
                return Optional.ofNullable(URI.create(location).getHost()).orElse("stream");
            } catch (IllegalArgumentException e) {
                return "stream";
            }
        }
        String path = device(location);
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.isEmpty() ? "camera" : name;
    }

    /** Begins to take its frames. */
    CameraFrames open(Session session) throws MissingPartException {
        return camera.isPresent()
                ? CameraFrames.of(session.parts(), camera.get())
                : CameraFrames.of(session.require(FrameSourceFactory.class), location);
    }

    /** What it does while no frame comes. */
    String silence() {
        String message = camera.map(c -> c.status().message()).orElse("");
        return message.isEmpty() ? "waiting for a frame" : "no frame: " + message;
    }
}
