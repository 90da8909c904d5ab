// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.gateway;

import io.facegate.api.camera.CameraMode;
import io.facegate.api.camera.CameraMode.Size;
import io.facegate.api.camera.FoundCamera;
import io.facegate.api.camera.FoundNetworkCamera;
import io.facegate.api.camera.FoundNetworkCamera.NetworkStream;
import io.facegate.api.camera.StreamOffer;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Cameras for people. */
final class CamerasText {
    static final String ADVICE =
            """
            What to do:
              Plug a USB camera in; see that the cable of a board camera sits right at both ends.
              A network camera must be in the same network, with ONVIF switched on in its settings.
              A firewall on this machine must let UDP from port 3702 in.
              Without ONVIF, take the URL from the camera's manual and try it:
              facegate cameras --probe rtsp://...""";

    private CamerasText() {}

    static String found(List<FoundCamera> here, List<FoundNetworkCamera> network) {
        return Stream.concat(
                        here.stream().map(CamerasText::camera),
                        network.stream().map(CamerasText::camera))
                .collect(Collectors.joining("\n"));
    }

    private static String camera(FoundCamera camera) {
        StringBuilder text = new StringBuilder(camera.location()).append('\n');
        String path = camera.path().equals(camera.location()) ? "" : camera.path();
        line(text, words(camera.name(), path, camera.remark()));
        String format = "";
        for (CameraMode mode : camera.modes()) {
            String size = size(mode);
            text.append(
                    String.format(
                                    Locale.ROOT,
                                    "  %-14s  %-20s  %s",
                                    mode.format().equals(format) ? "" : mode.format(),
                                    size,
                                    rates(mode))
                            .stripTrailing());
            text.append('\n');
            format = mode.format();
        }
        return text.toString();
    }

    private static String size(CameraMode mode) {
        if (mode.width() == 0) {
            return "size not said";
        }
        Size most = new Size(mode.width(), mode.height());
        return mode.least().equals(most) ? most.toString() : mode.least() + " to " + most;
    }

    private static String rates(CameraMode mode) {
        String rates =
                mode.framesPerSecond().stream()
                        .map(CamerasText::number)
                        .collect(Collectors.joining(", "));
        return rates.isEmpty() ? "" : rates + " per second";
    }

    private static String camera(FoundNetworkCamera camera) {
        StringBuilder text = new StringBuilder(camera.address()).append('\n');
        line(text, words(camera.name(), camera.model(), camera.remark()));
        for (NetworkStream stream : camera.streams()) {
            line(text, stream.location());
            String size = stream.width() == 0 ? "" : stream.width() + "x" + stream.height();
            String rate =
                    stream.framesPerSecond() == 0
                            ? ""
                            : "up to " + number(stream.framesPerSecond()) + " per second";
            line(text, words("  " + stream.name(), stream.format(), size, rate));
            line(text, stream.snapshot().isEmpty() ? "" : "  pictures: " + stream.snapshot());
        }
        return text.toString();
    }

    static String offer(StreamOffer offer) {
        StringBuilder text = new StringBuilder(offer.location()).append('\n');
        line(text, words(offer.kind(), offer.codec(), offer.width() + "x" + offer.height()));
        if (!offer.pixelAspect().isAuto()) {
            boolean square = offer.pixelAspect().ratio() == 1;
            line(text, "pixels " + (square ? "are square" : "of " + offer.pixelAspect()));
        }
        if (offer.framesPerSecond() > 0) {
            line(text, number(offer.framesPerSecond()) + " frames per second");
        }
        line(text, offer.live() ? "live" : length(offer.durationMillis()));
        line(text, offer.login().isEmpty() ? "" : "log-in: " + offer.login());
        return text.toString();
    }

    private static String length(long millis) {
        Duration time = Duration.ofMillis(millis);
        return millis == 0
                ? "a recording that does not say how long it is"
                : String.format(
                        Locale.ROOT,
                        "a recording of %d:%02d:%02d",
                        time.toHours(),
                        time.toMinutesPart(),
                        time.toSecondsPart());
    }

    private static void line(StringBuilder text, String words) {
        if (!words.isBlank()) {
            text.append("  ").append(words).append('\n');
        }
    }

    private static String words(String... parts) {
        return Stream.of(parts).filter(part -> !part.isBlank()).collect(Collectors.joining(", "));
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
