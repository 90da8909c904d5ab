// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.facegate.command.internal.doctor.ConfigurationFolder.ConfigurationFile;
import io.facegate.guard.machine.KernelFiles;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The cameras: what the running gateway says of them; without one a frame of each is taken, in a
 * process of its own.
 */
final class CameraCheck implements Check {
    private static final String SUBJECT = "camera";
    private static final String PID = "io.facegate.camera";
    private static final Duration PROBE = Duration.ofSeconds(40);
    private static final int CONNECT_MILLIS = 4000;

    @Override
    public String subject() {
        return SUBJECT;
    }

    @Override
    public boolean needsData() {
        return true;
    }

    @Override
    public List<Finding> look(Installation installation) {
        List<Finding> findings = new ArrayList<>();
        devices(installation.files()).ifPresent(findings::add);
        Optional<JsonObject> running = installation.gateway().askJson("camera", "list", "--json");
        if (running.isPresent()) {
            for (JsonElement camera : running.get().getAsJsonArray("cameras")) {
                findings.add(watched(camera.getAsJsonObject()));
            }
        } else if (installation.gateway().runs()) {
            findings.add(
                    Finding.warning(
                            SUBJECT,
                            "the running gateway does not answer this user",
                            "Ask as its user, or as root: sudo facegate doctor"));
        } else {
            configured(installation).forEach(file -> findings.add(unwatched(installation, file)));
        }
        if (findings.stream().noneMatch(f -> f.seen().contains("camera "))) {
            findings.add(
                    Finding.warning(
                            SUBJECT,
                            "no camera is configured",
                            "facegate cameras finds them; facegate run --camera LOCATION"));
        }
        return findings;
    }

    /** V4L2 devices that take pictures; others of the board have no name in this folder. */
    private static Optional<Finding> devices(KernelFiles files) {
        List<String> names = new ArrayList<>();
        for (Path device : files.list("sys/class/video4linux", "video*")) {
            String name = files.text(device.resolve("name")).orElse("?");
            if (!name.matches("(bcm2835-(codec|isp)|pispbe|rpi-?hevc|rp1-cfe|unicam).*")) {
                names.add("/dev/" + device.getFileName() + " (" + name + ")");
            }
        }
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.ok(SUBJECT, "devices: " + String.join(", ", names)));
    }

    private static Finding watched(JsonObject camera) {
        String state = camera.get("state").getAsString();
        String seen =
                "camera "
                        + camera.get("id").getAsString()
                        + " is "
                        + state
                        + ", "
                        + camera.get("width").getAsInt()
                        + "x"
                        + camera.get("height").getAsInt()
                        + ", "
                        + camera.get("frames").getAsLong()
                        + " frames"
                        + (camera.get("message").getAsString().isEmpty()
                                ? ""
                                : ": " + camera.get("message").getAsString());
        return switch (state) {
            case "online", "disabled" -> Finding.ok(SUBJECT, seen);
            case "ended" ->
                    Finding.warning(
                            SUBJECT,
                            seen,
                            "A file played once: facegate run --camera FILE without --once");
            default ->
                    Finding.fault(
                            SUBJECT,
                            seen,
                            "Its message says why; facegate cameras finds cameras that are there");
        };
    }

    private static List<ConfigurationFile> configured(Installation installation) {
        return installation.configuration().files().values().stream()
                .filter(file -> file.pid().equals(PID))
                .toList();
    }

    private static Finding unwatched(Installation installation, ConfigurationFile file) {
        String id = file.value("camera.id", "camera");
        String location = file.value("location", "/dev/video0").strip();
        if (file.value("enabled", "true").equals("false")) {
            return Finding.ok(SUBJECT, "camera " + id + " is switched off");
        }
        if (location.matches("[A-Za-z][A-Za-z0-9+.-]*://.*")) {
            return network(id, location);
        }
        String device = location.matches("\\d{1,3}") ? "/dev/video" + location : location;
        boolean board = location.matches("(rpicam|libcamera)(:.*)?");
        if (board && !onPath("rpicam-vid") && !onPath("libcamera-vid")) {
            return Finding.fault(
                    SUBJECT,
                    "camera " + id + ": rpicam-vid is not installed",
                    "sudo apt install rpicam-apps-lite");
        }
        if (!board) {
            Path path = Path.of(device);
            if (!Files.exists(path)) {
                return Finding.fault(
                        SUBJECT,
                        "camera " + id + ": " + device + " is not there",
                        "Plug it in (lsusb lists it), or look for its other name: facegate cameras");
            }
            if (!Files.isReadable(path)) {
                return Finding.fault(
                        SUBJECT,
                        "camera "
                                + id
                                + ": "
                                + System.getProperty("user.name")
                                + " may not read "
                                + device,
                        "sudo usermod -aG video "
                                + installation.user()
                                + ", then restart the gateway (or log in again)");
            }
        }
        return frame(installation, id, location);
    }

    private static boolean onPath(String program) {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Only whether it is reached: its login would be seen among the arguments of a process. */
    private static Finding network(String id, String location) {
        URI uri;
        try {
            uri = URI.create(location);
        } catch (IllegalArgumentException e) {
            uri = URI.create("x:");
        }
        if (uri.getHost() == null) {
            return Finding.warning(
                    SUBJECT,
                    "camera " + id + ": its URL was not looked at",
                    "facegate cameras --probe URL tells what it offers");
        }
        int port = uri.getPort() > 0 ? uri.getPort() : port(uri.getScheme());
        String address = uri.getHost() + ":" + port;
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(uri.getHost().replaceAll("^\\[|\\]$", ""), port),
                    CONNECT_MILLIS);
            return Finding.ok(
                    SUBJECT,
                    "camera "
                            + id
                            + ": "
                            + address
                            + " is reached; facegate cameras --probe URL tells what it offers");
        } catch (IOException e) {
            return Finding.fault(
                    SUBJECT,
                    "camera " + id + ": " + address + " is not reached: " + e.getMessage(),
                    "Is it switched on, and on this network? facegate cameras finds those that tell of themselves (ONVIF)");
        }
    }

    private static int port(String scheme) {
        return switch (scheme) {
            case "rtsp" -> 554;
            case "rtsps" -> 322;
            case "rtmp" -> 1935;
            case "https" -> 443;
            default -> 80;
        };
    }

    private static Finding frame(Installation installation, String id, String location) {
        Path program = installation.home().resolve("bin/facegate");
        Optional<Programs.Ended> ended =
                installation
                        .programs()
                        .run(
                                PROBE,
                                program.toString(),
                                "cameras",
                                "--probe",
                                location,
                                "--json",
                                "--data",
                                installation.data().toString());
        if (ended.isEmpty()) {
            return Finding.warning(
                    SUBJECT,
                    "camera " + id + ": " + program + " cannot be run",
                    "Install Facegate again");
        }
        String last = ended.get().lastLine();
        if (ended.get().well()) {
            return Finding.ok(SUBJECT, "camera " + id + ": frames come from " + location);
        }
        if (last.startsWith("facegate: ")) { // of the command itself, before any camera
            return Finding.warning(
                    SUBJECT,
                    "camera " + id + ": no frame could be asked for: " + last,
                    "The message says what to do");
        }
        return Finding.fault(
                SUBJECT,
                "camera "
                        + id
                        + ": no frame from "
                        + location
                        + (ended.get().code() == Programs.TIMED_OUT ? " in time" : ": " + last),
                "Another program may be using it (sudo fuser -v "
                        + location
                        + "), or its cable is loose: facegate cameras");
    }
}
