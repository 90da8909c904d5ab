// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.gateway;

import io.facegate.api.camera.Camera;
import io.facegate.api.recognition.Pipelines;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code facegate camera}: the cameras of the running gateway. */
@Command(
        name = "camera",
        mixinStandardHelpOptions = true,
        description = "Lists and switches the cameras of the running gateway.")
public final class CameraCommand implements Callable<Integer> {
    private final Session session;

    @Spec private CommandSpec spec;

    public CameraCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "camera: list, enable, disable, recognition or counters?");
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the cameras and what they do.")
    int list(@Option(names = "--json", description = "One JSON object") boolean json) {
        List<Camera> cameras = cameras();
        session.out().print(json ? CameraJson.cameras(cameras) + "\n" : Reports.cameras(cameras));
        return ExitCode.DONE;
    }

    @Command(
            name = "enable",
            mixinStandardHelpOptions = true,
            description = "Switches cameras on; all of those named, or none.")
    int enable(@Parameters(paramLabel = "CAMERA", arity = "1..*") List<String> ids)
            throws IOException {
        return setEnabled(ids, true);
    }

    @Command(
            name = "disable",
            mixinStandardHelpOptions = true,
            description = "Switches cameras off, which frees their devices; all of those, or none.")
    int disable(@Parameters(paramLabel = "CAMERA", arity = "1..*") List<String> ids)
            throws IOException {
        return setEnabled(ids, false);
    }

    private int setEnabled(List<String> ids, boolean enabled) throws IOException {
        List<Camera> chosen = new ArrayList<>();
        for (String id : ids) {
            chosen.add(camera(id));
        }
        for (Camera camera : chosen) {
            camera.setEnabled(enabled);
            session.say("Camera " + camera.id() + " is " + (enabled ? "on." : "off."));
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "recognition",
            mixinStandardHelpOptions = true,
            description = "Switches the recognition of a camera's faces on or off.")
    int recognition(
            @Parameters(index = "0", paramLabel = "CAMERA") String id,
            @Parameters(index = "1", paramLabel = "on|off") Switch state)
            throws IOException, MissingPartException {
        Camera camera = camera(id);
        session.require(Pipelines.class).setRecognizing(camera.id(), state == Switch.ON);
        session.say("Recognition of camera " + id + " is " + (state == Switch.ON ? "on." : "off."));
        return ExitCode.DONE;
    }

    /** The two positions. */
    private enum Switch {
        ON,
        OFF
    }

    @Command(
            name = "counters",
            mixinStandardHelpOptions = true,
            description = "Tells what became of every camera's frames, and how long it took.")
    int counters(@Option(names = "--json", description = "One JSON object") boolean json)
            throws MissingPartException {
        var status = session.require(Pipelines.class).status();
        session.out().print(json ? CameraJson.counters(status) + "\n" : Reports.counters(status));
        return ExitCode.DONE;
    }

    private List<Camera> cameras() {
        return session.parts().all(Camera.class).stream()
                .sorted(Comparator.comparing(Camera::id))
                .toList();
    }

    private Camera camera(String id) throws IOException {
        return session.parts().all(Camera.class).stream()
                .filter(camera -> camera.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IOException(
                                        "There is no camera "
                                                + id
                                                + "; facegate camera list shows those there are."));
    }
}
