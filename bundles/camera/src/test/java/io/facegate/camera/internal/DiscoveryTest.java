// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;

import io.facegate.api.camera.CameraDiscovery.Search;
import io.facegate.api.camera.CameraLogin;
import io.facegate.api.camera.FoundNetworkCamera;
import io.facegate.api.camera.FoundNetworkCamera.NetworkStream;
import io.facegate.camera.internal.discovery.OnvifCameras;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** Against a device that the test makes from the specifications. */
@Timeout(60)
class DiscoveryTest {
    /** The question is asked again within it. */
    private static final long PATIENCE_MILLIS = 500;

    private OnvifDevice device;

    @BeforeEach
    void start() throws Exception {
        device = new OnvifDevice();
    }

    @AfterEach
    void stop() {
        device.close();
    }

    private static OnvifCameras cameras(CameraLogin login) {
        return new OnvifCameras(Discovery::post, Optional.ofNullable(login), SourceAddress::shown);
    }

    @Test
    void tellsTheStreamsOfACameraWhoseClockIsWrong() {
        Search<FoundNetworkCamera> search =
                cameras(new CameraLogin("me", OnvifDevice.PASSWORD)).search(PATIENCE_MILLIS);
        assertThat(search.looked()).contains("lo 127.0.0.1");
        assertThat(search.found())
                .contains(
                        new FoundNetworkCamera(
                                device.address(),
                                "Front door[2J",
                                "DS-2CD+2143",
                                List.of(
                                        new NetworkStream(
                                                "Main",
                                                "rtsp://127.0.0.1/main?x=1&y=2",
                                                "http://127.0.0.1/snap.jpg",
                                                "H264",
                                                2688,
                                                1520,
                                                25),
                                        new NetworkStream(
                                                "Sub", "rtsp://127.0.0.1/sub", "", "", 0, 0, 0)),
                                "does not tell one more stream"));
        assertThat(device.asked).contains("/onvif/media GetProfiles");
    }

    @Test
    void withoutLogInItSaysThatItNeedsOne() {
        FoundNetworkCamera camera = cameras(null).at(device.address());
        assertThat(camera.streams()).isEmpty();
        assertThat(camera.remark()).contains("after a log-in").contains("--user");
    }

    @Test
    void aWrongPasswordIsSaidToBeOne() {
        assertThat(cameras(new CameraLogin("me", "wrong")).at(device.address()).remark())
                .contains("refuses the log-in of me")
                .doesNotContain("wrong");
    }

    @Test
    void aDeviceWithoutPasswordTellsEverybody() {
        device.open = true;
        assertThat(cameras(null).at(device.address()).streams()).hasSize(2);
    }

    @Test
    void thePasswordItselfIsNeverSent() throws Exception {
        try (TestCamera basic =
                new TestCamera(
                        false,
                        (request, out) ->
                                TestCamera.write(
                                        out,
                                        "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic"
                                                + " realm=\"x\"\r\nContent-Length: 0\r\n\r\n"))) {
            CameraLogin login = new CameraLogin("me", "s3cret");
            var reply = Discovery.post(basic.url("/"), new byte[1], Optional.of(login));
            assertThat(reply.status()).isEqualTo(401);
            assertThat(basic.requests)
                    .isNotEmpty()
                    .allSatisfy(
                            request ->
                                    assertThat(TestCamera.header(request, "Authorization"))
                                            .isEmpty());
        }
    }

    /** As many devices want it besides, or instead, of the log-in within the question. */
    @ParameterizedTest
    @ValueSource(strings = {"", ", algorithm=MD5", ", algorithm=SHA-256"})
    void theDigestOfHttpIsKnown(String algorithm) throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.createContext(
                "/",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    String given = exchange.getRequestHeaders().getFirst("Authorization");
                    boolean known =
                            given != null
                                    && LogInTest.isKnown(
                                            List.of("POST /", "Authorization: " + given));
                    exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"a\"");
                    exchange.getResponseHeaders()
                            .add(
                                    "WWW-Authenticate",
                                    "Digest realm=\"a\", nonce=\"1\", qop=\"auth\"" + algorithm);
                    exchange.sendResponseHeaders(known ? 200 : 401, -1);
                    exchange.close();
                });
        server.start();
        try {
            var reply =
                    Discovery.post(
                            "http://127.0.0.1:" + server.getAddress().getPort() + "/onvif?a=1",
                            new byte[10],
                            Optional.of(new CameraLogin("me", LogInTest.PASSWORD)));
            assertThat(reply.status()).isEqualTo(200);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        assertThatThrownBy(() -> Discovery.post("http://", new byte[0], Optional.empty()))
                .hasMessageContaining("cannot be understood");
    }
}
