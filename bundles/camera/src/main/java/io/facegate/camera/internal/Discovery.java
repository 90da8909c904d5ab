// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import io.facegate.api.camera.CameraDiscovery;
import io.facegate.api.camera.CameraLogin;
import io.facegate.api.camera.FoundCamera;
import io.facegate.api.camera.FoundNetworkCamera;
import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.camera.StreamOffer;
import io.facegate.camera.internal.discovery.BoardCameras;
import io.facegate.camera.internal.discovery.OnvifCameras;
import io.facegate.camera.internal.discovery.OnvifTransport;
import io.facegate.camera.internal.discovery.VideoDevices;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Finds cameras for those who set one up. */
@Component
public final class Discovery implements CameraDiscovery {
    private static final int ANSWER_MILLIS = 5000;
    private static final int MOST_BYTES = 1_000_000;
    private static final String SOAP = "application/soap+xml; charset=utf-8";

    private final FrameSources sources;
    private final Path temporary;

    @Activate
    public Discovery(@Reference FrameSources sources, BundleContext context) {
        this.sources = sources;
        String data = context.getProperty("facegate.data");
        temporary =
                data == null
                        ? Path.of(System.getProperty("java.io.tmpdir"))
                        : Path.of(data, "cache");
    }

    @Override
    public Search<FoundCamera> devices() {
        return new VideoDevices(temporary).search();
    }

    @Override
    public Search<FoundCamera> boardCameras() {
        return new BoardCameras(sources.path()).search();
    }

    @Override
    public Search<FoundNetworkCamera> networkCameras(Optional<CameraLogin> login) {
        return new OnvifCameras(Discovery::post, login, SourceAddress::shown).search();
    }

    @Override
    public StreamOffer probe(String location, Optional<CameraLogin> login)
            throws FrameSourceException {
        return new StreamProbe(sources).probe(location, login);
    }

    /** Certificates are not verified: nearly all cameras sign theirs themselves. */
    static OnvifTransport.Reply post(String url, byte[] message, Optional<CameraLogin> login)
            throws IOException {
        ServerAddress server;
        try {
            server = ServerAddress.of(url).withoutLogIn();
        } catch (IllegalArgumentException e) {
            throw new IOException("its address cannot be understood", e);
        }
        if (login.isPresent()) {
            server = server.withLogIn(login.get().user(), login.get().password());
        }
        var settings = new SourceSettings.Network(ANSWER_MILLIS, false, "", Map.of());
        try (CameraHttp http = new CameraHttp(server, settings);
                CameraHttp.Answer answer = http.post(SOAP, message)) {
            return new OnvifTransport.Reply(answer.status(), answer.body().readNBytes(MOST_BYTES));
        }
    }
}
