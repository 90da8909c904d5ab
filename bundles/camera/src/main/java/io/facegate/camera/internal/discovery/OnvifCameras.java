// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal.discovery;

import io.facegate.api.camera.CameraDiscovery.Search;
import io.facegate.api.camera.CameraLogin;
import io.facegate.api.camera.FoundNetworkCamera;
import io.facegate.api.camera.FoundNetworkCamera.NetworkStream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** ONVIF devices of all networks, and what they send (ONVIF Media Service Specification, ver10). */
public final class OnvifCameras {
    private static final Logger LOG = LoggerFactory.getLogger(OnvifCameras.class);
    private static final long PATIENCE_MILLIS = 3000;
    private static final int MOST_PROFILES = 64;
    private static final String DEVICE = "http://www.onvif.org/ver10/device/wsdl";
    private static final String MEDIA = "http://www.onvif.org/ver10/media/wsdl";
    private static final String SCHEMA = "http://www.onvif.org/ver10/schema";

    private final OnvifTransport transport;
    private final Optional<CameraLogin> login;
    private final UnaryOperator<String> shown;
    private final Clock clock;

    /**
     * Prepares a search.
     *
     * @param login empty: only what devices tell everybody
     * @param shown takes passwords out of a URL
     */
    public OnvifCameras(
            OnvifTransport transport, Optional<CameraLogin> login, UnaryOperator<String> shown) {
        this(transport, login, shown, Clock.systemUTC());
    }

    OnvifCameras(
            OnvifTransport transport,
            Optional<CameraLogin> login,
            UnaryOperator<String> shown,
            Clock clock) {
        this.transport = transport;
        this.login = login;
        this.shown = shown;
        this.clock = clock;
    }

    /** Asks the networks, then each device. */
    public Search<FoundNetworkCamera> search() {
        return search(PATIENCE_MILLIS);
    }

    /** The same, waiting so long for devices that answer. */
    public Search<FoundNetworkCamera> search(long millis) {
        NetworkProbe probe = new NetworkProbe();
        List<FoundNetworkCamera> found = new ArrayList<>();
        try {
            for (NetworkProbe.Found device : probe.ask(millis)) {
                if (!Thread.currentThread().isInterrupted()) {
                    found.add(camera(device.device(), device.address()));
                }
            }
        } catch (IOException e) {
            LOG.debug("Networks cannot be asked for cameras", e);
            return new Search<>(found, "ONVIF: networks cannot be asked: " + e.getMessage());
        }
        found.sort(Comparator.comparing(FoundNetworkCamera::address));
        String networks = String.join(", ", probe.networks());
        return new Search<>(
                found,
                networks.isEmpty()
                        ? "ONVIF: this machine has no network"
                        : "ONVIF: asked " + networks + " and waited " + millis / 1000.0 + " s");
    }

    /** One device, of which only the address is known. */
    public FoundNetworkCamera at(String address) {
        return camera(new ProbeMatch(List.of(address), List.of()), address);
    }

    /** One device with its streams, or with why it does not tell them. */
    private FoundNetworkCamera camera(ProbeMatch device, String address) {
        List<NetworkStream> streams = new ArrayList<>();
        String remark = "";
        try {
            int others = addStreams(address, streams);
            if (others > 0) {
                remark =
                        others == 1
                                ? "does not tell one more stream"
                                : "does not tell " + others + " more streams";
            } else if (streams.isEmpty()) {
                remark = "has no streams: see its settings";
            }
        } catch (Soap.NotAuthorizedException e) {
            remark =
                    login.map(
                                    user ->
                                            "refuses the log-in of "
                                                    + user.user()
                                                    + ": check user and password; many cameras"
                                                    + " keep users for ONVIF apart from others")
                            .orElse("tells its streams after a log-in: give --user");
        } catch (IOException e) {
            remark = "does not tell its streams (" + shown.apply(e.getMessage()) + ")";
        }
        return new FoundNetworkCamera(
                shown.apply(address),
                device.scope("name"),
                device.scope("hardware"),
                streams,
                remark);
    }

    /** Adds what it sends; tells how many profiles there are besides. */
    private int addStreams(String address, List<NetworkStream> streams) throws IOException {
        Soap soap = new Soap(transport, login, clock);
        setClock(soap, address);
        Document capabilities =
                soap.ask(
                        address,
                        "<GetCapabilities xmlns=\"%s\"><Category>Media</Category></GetCapabilities>"
                                .formatted(DEVICE));
        String media =
                Xml.all(capabilities, "Media").stream()
                        .map(service -> Xml.text(service, "XAddr"))
                        .filter(service -> !service.isEmpty())
                        .findFirst()
                        .orElse("");
        media = atSameHost(media, address);
        Document profiles = soap.ask(media, "<GetProfiles xmlns=\"%s\"/>".formatted(MEDIA));
        int others = 0;
        for (Element profile : Xml.all(profiles, "Profiles")) {
            try {
                if (streams.size() == MOST_PROFILES || Thread.currentThread().isInterrupted()) {
                    others++;
                } else {
                    streams.add(stream(soap, media, profile));
                }
            } catch (Soap.NotAuthorizedException e) {
                throw e;
            } catch (IOException e) {
                LOG.debug("A profile of a camera has no address", e);
                others++;
            }
        }
        return others;
    }

    /**
     * Devices behind a router, or with several networks, name a host that cannot be reached; and no
     * device shall send us, with a log-in, to another.
     */
    static String atSameHost(String service, String address) throws IOException {
        try {
            URI from = URI.create(service);
            URI to = URI.create(address);
            if (from.getScheme() == null || to.getHost() == null) {
                throw new IOException("it has no media service");
            }
            return new URI(
                            from.getScheme(),
                            null,
                            to.getHost(),
                            from.getPort(),
                            from.getPath(),
                            from.getQuery(),
                            null)
                    .toString();
        } catch (IllegalArgumentException | URISyntaxException e) {
            throw new IOException("it has no media service", e);
        }
    }

    /** A device that refuses the time gets this machine's. */
    private static void setClock(Soap soap, String address) throws IOException {
        try {
            Document answer =
                    soap.askOpenly(
                            address, "<GetSystemDateAndTime xmlns=\"%s\"/>".formatted(DEVICE));
            for (Element time : Xml.all(answer, "UTCDateTime")) {
                soap.clockOfDevice(
                        LocalDateTime.of(
                                        Xml.number(time, "Date", "Year"),
                                        Xml.number(time, "Date", "Month"),
                                        Xml.number(time, "Date", "Day"),
                                        Xml.number(time, "Time", "Hour"),
                                        Xml.number(time, "Time", "Minute"),
                                        Xml.number(time, "Time", "Second"))
                                .toInstant(ZoneOffset.UTC));
            }
        } catch (Soap.NotAuthorizedException | DateTimeException e) {
            LOG.debug("A camera does not tell its time", e);
        }
    }

    private NetworkStream stream(Soap soap, String media, Element profile) throws IOException {
        String token = Xml.escaped(profile.getAttribute("token"));
        Document uri =
                soap.ask(
                        media,
                        ("<GetStreamUri xmlns=\"%s\"><StreamSetup>"
                                        + "<Stream xmlns=\"%s\">RTP-Unicast</Stream>"
                                        + "<Transport xmlns=\"%s\"><Protocol>RTSP</Protocol>"
                                        + "</Transport>"
                                        + "</StreamSetup><ProfileToken>%s</ProfileToken>"
                                        + "</GetStreamUri>")
                                .formatted(MEDIA, SCHEMA, SCHEMA, token));
        String encoder = "VideoEncoderConfiguration";
        return new NetworkStream(
                Xml.text(profile, "Name"),
                address(uri),
                snapshot(soap, media, token),
                Xml.text(profile, encoder, "Encoding"),
                Xml.number(profile, encoder, "Resolution", "Width"),
                Xml.number(profile, encoder, "Resolution", "Height"),
                Xml.number(profile, encoder, "RateControl", "FrameRateLimit"));
    }

    /** Not every device has single pictures, and those without say so in many ways. */
    private String snapshot(Soap soap, String media, String token) {
        try {
            return address(
                    soap.ask(
                            media,
                            ("<GetSnapshotUri xmlns=\"%s\"><ProfileToken>%s</ProfileToken>"
                                            + "</GetSnapshotUri>")
                                    .formatted(MEDIA, token)));
        } catch (IOException e) {
            LOG.debug("A camera has no single pictures", e);
            return "";
        }
    }

    private String address(Document answer) {
        return Xml.all(answer, "Uri").stream()
                .findFirst()
                .map(uri -> shown.apply(Xml.printable(uri.getTextContent())))
                .orElse("");
    }
}
