// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.gateway;

import io.facegate.api.camera.CameraDiscovery;
import io.facegate.api.camera.CameraDiscovery.Search;
import io.facegate.api.camera.CameraLogin;
import io.facegate.api.camera.FoundCamera;
import io.facegate.api.camera.FoundNetworkCamera;
import io.facegate.api.camera.StreamOffer;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** {@code facegate cameras}: the cameras there are, whether or not the gateway watches them. */
@Command(
        name = "cameras",
        mixinStandardHelpOptions = true,
        description = {
            "Finds cameras: V4L2 devices, cameras of the board (rpicam) and ONVIF devices on the"
                    + " network, with what they send. The first line of each is what --camera of"
                    + " 'run' takes; of an ONVIF device it is the lines of its streams."
        })
public final class CamerasCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--probe",
            paramLabel = "LOCATION",
            description = "Instead: tells what this URL, device or file offers")
    private String probed;

    @Mixin private final LogInArguments login = new LogInArguments();

    @Option(names = "--json", description = "One JSON object")
    private boolean json;

    public CamerasCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, MissingPartException {
        Optional<CameraLogin> as = login.login(session);
        CameraDiscovery discovery = session.require(CameraDiscovery.class);
        Thread asking = Thread.currentThread();
        session.stop().closes(asking::interrupt);
        if (probed != null) {
            session.say("Opening it and looking at its first frames…");
            StreamOffer offer = discovery.probe(probed, as);
            session.out().print(json ? CamerasJson.offer(offer) + "\n" : CamerasText.offer(offer));
            return ExitCode.DONE;
        }
        return search(discovery, as);
    }

    private int search(CameraDiscovery discovery, Optional<CameraLogin> as) {
        session.say("Looking for cameras at this machine…");
        Search<FoundCamera> devices = discovery.devices();
        Search<FoundCamera> board = discovery.boardCameras();
        session.say("Looking for ONVIF cameras on the network, which takes some seconds…");
        Search<FoundNetworkCamera> network = discovery.networkCameras(as);
        if (session.stop().stopped()) {
            return ExitCode.REFUSED; // half of a search would be taken for the whole
        }
        List<FoundCamera> here =
                Stream.concat(devices.found().stream(), board.found().stream()).toList();
        List<String> looked = List.of(devices.looked(), board.looked(), network.looked());
        if (json) {
            session.out().print(CamerasJson.found(here, network.found(), looked) + "\n");
            return ExitCode.DONE;
        }
        session.out().print(CamerasText.found(here, network.found()));
        session.out().flush(); // before what is said of it
        if (here.isEmpty() && network.found().isEmpty()) {
            session.say("No camera found. Looked here:");
            looked.forEach(place -> session.say("  " + place));
            session.say(CamerasText.ADVICE);
        } else {
            session.say("Looked here:");
            looked.forEach(place -> session.say("  " + place));
        }
        return ExitCode.DONE;
    }
}
