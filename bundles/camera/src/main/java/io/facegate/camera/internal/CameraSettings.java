// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import io.facegate.api.camera.PixelAspect;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The settings of a configured camera: what is wrong with them, and how its source is read. */
final class CameraSettings {
    private static final Set<String> TRANSPORTS =
            Set.of("auto", "tcp", "udp", "udp_multicast", "http");

    /** None of these names a file, a program or another server. */
    private static final List<String> FFMPEG_OPTIONS =
            List.of(
                    "allowed_media_types",
                    "analyzeduration",
                    "buffer_size",
                    "fflags",
                    "fifo_size",
                    "input_format",
                    "latency",
                    "max_delay",
                    "min_port",
                    "max_port",
                    "overrun_nonfatal",
                    "pixel_format",
                    "pkt_size",
                    "probesize",
                    "reorder_queue_size",
                    "rtsp_flags",
                    "rw_timeout",
                    "timeout",
                    "user_agent");

    /** A picture in a quarter of an hour. */
    private static final double LEAST_RATE = 0.001;

    private CameraSettings() {}

    /** What is wrong, and what may be; empty when all is right. */
    static String objection(CameraConfig c) {
        if (c.width() < 0 || c.width() > 7680 || c.height() < 0 || c.height() > 4320) {
            return "width is 0..7680 and height 0..4320, not " + c.width() + "x" + c.height() + ".";
        }
        double rate = c.framesPerSecond();
        if (rate != 0 && !(rate >= LEAST_RATE && rate <= 120)) {
            return "framesPerSecond is 0, or "
                    + LEAST_RATE
                    + "..120, not "
                    + rate
                    + ". In a file 10 is written D\"10.0\".";
        }
        if (c.rotate() % 90 != 0 || c.rotate() < 0 || c.rotate() > 270) {
            return "rotate is 0, 90, 180 or 270, not " + c.rotate() + ".";
        }
        try {
            PixelAspect.parse(c.pixelAspectRatio());
        } catch (IllegalArgumentException e) {
            return "pixelAspectRatio: " + e.getMessage() + ".";
        }
        if (c.pictureMillis() < 40 || c.pictureMillis() > 3_600_000) {
            return "pictureMillis is 40..3600000, not " + c.pictureMillis() + ".";
        }
        if (c.reconnectDelayMillis() < 100 || c.reconnectDelayMillis() > 30_000) {
            return "reconnectDelayMillis is 100..30000, not " + c.reconnectDelayMillis() + ".";
        }
        if (c.silenceMillis() < 1000 || c.silenceMillis() > 600_000) {
            return "silenceMillis is 1000..600000, not " + c.silenceMillis() + ".";
        }
        if (!TRANSPORTS.contains(c.rtspTransport())) {
            return "rtspTransport is auto, tcp, udp, udp_multicast or http, not \""
                    + c.rtspTransport()
                    + "\".";
        }
        String board = board(c);
        return board.isEmpty() ? ffmpegOptions(c) : board;
    }

    private static String board(CameraConfig c) {
        BoardSettings board = BoardSettings.of(c);
        return board.equals(BoardSettings.DEFAULT) || SourceAddress.isBoard(c.location())
                ? board.objection()
                : "autofocusMode, lensPosition, horizontalFlip, verticalFlip, tuningFile and"
                        + " sensorMode are for board cameras (rpicam), not for "
                        + SourceAddress.shown(c.location())
                        + ": leave them empty and false.";
    }

    private static String ffmpegOptions(CameraConfig c) {
        List<String> unknown =
                Arrays.stream(c.ffmpegOptions())
                        .filter(option -> !option.isBlank())
                        .filter(option -> !isAllowed(option))
                        .map(option -> option.split("=", 2)[0].strip())
                        .toList();
        return unknown.isEmpty()
                ? ""
                : "ffmpegOptions may be name=value with "
                        + FFMPEG_OPTIONS.stream().collect(Collectors.joining(", "))
                        + ", not "
                        + String.join(", ", unknown)
                        + ".";
    }

    private static boolean isAllowed(String option) {
        int end = option.indexOf('=');
        return end > 0 && FFMPEG_OPTIONS.contains(option.substring(0, end).strip());
    }

    static SourceSettings of(CameraConfig config) {
        return new SourceSettings(
                config.width(),
                config.height(),
                config.framesPerSecond(),
                config.rotate(),
                config.pictureMillis(),
                false,
                PixelAspect.parse(config.pixelAspectRatio()),
                new SourceSettings.Network(
                        config.silenceMillis(),
                        config.verifyCertificate(),
                        config.rtspTransport().equals("auto") ? "" : config.rtspTransport(),
                        options(config.ffmpegOptions())),
                BoardSettings.of(config));
    }

    private static Map<String, String> options(String[] texts) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String text : texts) {
            String[] parts = text.split("=", 2);
            if (parts.length == 2) {
                options.put(parts[0].strip(), parts[1].strip());
            }
        }
        return options;
    }
}
