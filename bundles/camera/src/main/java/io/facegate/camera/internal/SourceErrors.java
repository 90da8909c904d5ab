// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_FORBIDDEN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_UNAUTHORIZED;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;

import io.facegate.api.camera.FrameSourceException;
import io.facegate.bytedeco.Ffmpeg;

/** FFmpeg's errors in words that say what to do. */
final class SourceErrors {
    private static final int ENOENT = -2;
    private static final int EACCES = -13;
    private static final int EBUSY = -16;
    private static final int EPROTONOSUPPORT = -93;

    private SourceErrors() {}

    static FrameSourceException opening(int error, SourceAddress address, Interrupt interrupt) {
        String what = address.shown();
        if (interrupt.cancelled()) {
            return new FrameSourceException(what + " was closed.");
        }
        return new FrameSourceException(
                what
                        + switch (address.kind()) {
                            case V4L2 -> device(error);
                            case NETWORK -> network(error, address) + address.hint();
                            default -> file(error);
                        });
    }

    private static String device(int error) {
        return switch (error) {
            case ENOENT -> " is not there: plug the camera in, or see ls /dev/video*.";
            case EACCES -> " may not be opened: add the user to the group video.";
            case EBUSY -> " is in use by another program: stop that.";
            default ->
                    " cannot be read ("
                            + Ffmpeg.words(error)
                            + "): it may be no camera, or not have this width, height and rate.";
        };
    }

    private static String network(int error, SourceAddress address) {
        if (error == AVERROR_HTTP_UNAUTHORIZED) {
            return logIn(address);
        }
        if (error == AVERROR_HTTP_FORBIDDEN) {
            return " refuses: this user may not see it, or was locked out for a while.";
        }
        if (error == AVERROR_HTTP_NOT_FOUND) {
            return " answers, but has no such stream: check the path of the URL.";
        }
        if (error == AVERROR_EXIT) {
            return " does not answer: check that it is on and the address is right.";
        }
        if (error == AVERROR_INVALIDDATA) {
            return " sends nothing that is a video: check the URL.";
        }
        if (error == EPROTONOSUPPORT && address.target().startsWith("rtsp")) {
            return " sends by another transport: set rtspTransport to auto or udp.";
        }
        return " cannot be reached ("
                + Ffmpeg.words(error)
                + "): check that it is on and the address is right.";
    }

    /** FFmpeg does not say what the camera wanted, so it is asked once more. */
    private static String logIn(SourceAddress address) {
        ServerAddress server;
        try {
            server = ServerAddress.of(address.target());
        } catch (IllegalArgumentException e) {
            return " refuses the log-in: check user and password.";
        }
        if (server.user().isEmpty()) {
            return " wants a log-in: set user and password.";
        }
        LogIn wanted = LogIn.wantedBy(server);
        return wanted.ways().isEmpty() || wanted.isKnownToFfmpeg()
                ? " refuses the log-in: check user and password."
                : " wants a log-in that FFmpeg does not know ("
                        + wanted.names()
                        + "): set the camera's log-in to Digest with MD5, or to Basic.";
    }

    private static String file(int error) {
        return error == AVERROR_INVALIDDATA
                ? " is no video, or damaged or truncated: copy it again."
                : " cannot be read: " + Ffmpeg.words(error) + ".";
    }
}
