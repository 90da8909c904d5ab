// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal.discovery;

import io.facegate.api.camera.CameraDiscovery.Search;
import io.facegate.api.camera.FoundCamera;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The kernel's cameras. Their number in {@code /dev} changes with the order in which they are
 * found; the links udev makes, after their serial number or the place they are plugged into, stay.
 */
public final class VideoDevices {
    private final Path folder;
    private final KernelSupplier kernel;

    /** Gets the kernel when the first device is there. */
    interface KernelSupplier {
        Kernel get() throws IOException;
    }

    /**
     * Those of this machine.
     *
     * @param temporary a folder for what has to be unpacked to ask the kernel
     */
    public VideoDevices(Path temporary) {
        this(Path.of("/dev"), () -> new LibC(temporary));
    }

    VideoDevices(Path folder, KernelSupplier kernel) {
        this.folder = folder;
        this.kernel = kernel;
    }

    /** A node that is a camera, or may be one. */
    private record Node(Path file, String name, FoundCamera found) {}

    /** All that capture video. */
    public Search<FoundCamera> search() {
        List<Path> files = files();
        if (files.isEmpty()) {
            return new Search<>(List.of(), folder + "/video*: there is no such device");
        }
        Kernel asked;
        try {
            asked = kernel.get();
        } catch (IOException e) {
            return new Search<>(
                    files.stream().map(file -> unasked(file, "").found()).toList(),
                    folder + "/video*: formats are not known, " + e.getMessage());
        }
        List<Node> cameras = new ArrayList<>();
        for (Path file : files) {
            camera(asked, file, cameras);
        }
        int others = files.size() - cameras.size();
        return new Search<>(
                named(cameras),
                folder
                        + "/video*: "
                        + (files.size() == 1 ? "1 device" : files.size() + " devices")
                        + (others == 0
                                ? ""
                                : ", of which "
                                        + others
                                        + " no camera to itself (codec, metadata or a part of"
                                        + " rpicam's)"));
    }

    private static void camera(Kernel kernel, Path file, List<Node> cameras) {
        try (Kernel.Device open = kernel.open(file)) {
            VideoDevice device = new VideoDevice(open);
            if (device.isCamera()) {
                cameras.add(
                        new Node(
                                file,
                                device.name(),
                                new FoundCamera(
                                        file.toString(),
                                        device.name(),
                                        file.toString(),
                                        device.modes(),
                                        "")));
            }
        } catch (IOException e) {
            cameras.add(unasked(file, e.getMessage()));
        }
    }

    private static Node unasked(Path file, String remark) {
        String path = file.toString();
        return new Node(file, "", new FoundCamera(path, "", path, List.of(), remark));
    }

    /**
     * Of cameras of one kind without serial numbers udev's names by id fall to one of them only.
     */
    private List<FoundCamera> named(List<Node> cameras) {
        Map<Path, Path> byId = links("by-id");
        Map<Path, Path> byPath = links("by-path");
        List<FoundCamera> found = new ArrayList<>();
        for (Node camera : cameras) {
            boolean isAlone =
                    cameras.stream()
                            .filter(other -> other.name().equals(camera.name()))
                            .allMatch(other -> byId.containsKey(real(other.file())));
            Path real = real(camera.file());
            Path link = isAlone ? byId.get(real) : byPath.getOrDefault(real, byId.get(real));
            FoundCamera plain = camera.found();
            found.add(
                    link == null
                            ? plain
                            : new FoundCamera(
                                    link.toString(),
                                    plain.name(),
                                    plain.path(),
                                    plain.modes(),
                                    plain.remark()));
        }
        return found;
    }

    private List<Path> files() {
        return list(folder, "video[0-9]*").stream()
                .sorted(
                        Comparator.comparingInt((Path file) -> file.toString().length())
                                .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private Map<Path, Path> links(String kind) {
        Map<Path, Path> links = new HashMap<>();
        list(folder.resolve("v4l").resolve(kind), "*").stream()
                .sorted()
                .forEach(link -> links.putIfAbsent(real(link), link));
        return links;
    }

    private static List<Path> list(Path folder, String pattern) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
            entries.forEach(files::add);
        } catch (IOException e) {
            return List.of(); // no such folder: no such device
        }
        return files;
    }

    private static Path real(Path link) {
        try {
            return link.toRealPath();
        } catch (IOException e) {
            return link;
        }
    }
}
