// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import io.facegate.api.camera.CameraDiscovery.Search;
import io.facegate.api.camera.FoundCamera;
import io.facegate.api.camera.FrameSourceException;
import io.facegate.camera.internal.discovery.BoardCameras;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The command line that makes a board camera write JPEG pictures to a pipe. */
final class RpicamCommand {
    private static final List<String> PROGRAMS = List.of("rpicam-vid", "libcamera-vid");

    private RpicamCommand() {}

    /**
     * Chooses program, camera and options.
     *
     * @param camera number or name; empty: the first
     * @param path folders to look in, as in the environment variable PATH
     * @param interrupt ends the search for a camera's name
     * @throws FrameSourceException no such program, camera or file
     */
    static List<String> of(
            String camera, SourceSettings settings, double rate, String path, Interrupt interrupt)
            throws FrameSourceException {
        Optional<Path> program = BoardCameras.program(path, PROGRAMS);
        if (program.isEmpty()) {
            throw new FrameSourceException(
                    "Neither rpicam-vid nor libcamera-vid is installed: "
                            + BoardCameras.PACKAGE
                            + ", or set location to another camera.");
        }
        List<String> command = new ArrayList<>();
        command.add(program.get().toString());
        if (!camera.isEmpty()) {
            command.add("--camera");
            command.add(camera.matches("\\d+") ? camera : number(camera, path, interrupt));
        }
        command.addAll(
                List.of(
                        "--timeout",
                        "0",
                        "--nopreview",
                        "--codec",
                        "mjpeg",
                        "--quality",
                        "90",
                        "--width",
                        Integer.toString(settings.width() > 0 ? settings.width() : 640),
                        "--height",
                        Integer.toString(settings.height() > 0 ? settings.height() : 480),
                        "--framerate",
                        String.format(Locale.ROOT, "%.3f", rate)));
        command.addAll(settings.board().arguments());
        command.addAll(List.of("--flush", "--output", "-"));
        return command;
    }

    /** The program takes numbers only, which may change when a camera is added. */
    private static String number(String name, String path, Interrupt interrupt)
            throws FrameSourceException {
        Search<FoundCamera> search =
                new BoardCameras(path, asked -> interrupt.onCancel(asked::destroyForcibly))
                        .search();
        if (interrupt.cancelled()) {
            throw new FrameSourceException("rpicam was closed.");
        }
        List<FoundCamera> named =
                search.found().stream()
                        .filter(found -> found.name().equals(name) || found.path().equals(name))
                        .toList();
        if (named.size() == 1) {
            String location = named.get(0).location();
            return location.substring(location.indexOf(':') + 1);
        }
        if (named.size() > 1) {
            throw new FrameSourceException(
                    "There are "
                            + named.size()
                            + " board cameras called "
                            + name
                            + ": set location to one of "
                            + named.stream()
                                    .map(found -> "rpicam:" + found.path())
                                    .collect(Collectors.joining(", "))
                            + ".");
        }
        throw new FrameSourceException(
                "There is no board camera called "
                        + name
                        + (search.found().isEmpty()
                                ? " (" + search.looked() + ")"
                                : ", but "
                                        + search.found().stream()
                                                .map(found -> found.location() + " " + found.name())
                                                .collect(Collectors.joining(", ")))
                        + ".");
    }
}
