// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import io.facegate.api.camera.FrameSourceException;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

import javax.net.ssl.SSLException;

/** What a camera's web server does wrong, in words that say what to do. */
final class WebErrors {
    private final SourceAddress address;
    private final SourceSettings.Network settings;
    private final boolean hasLogIn;
    private final Interrupt interrupt;

    WebErrors(
            SourceAddress address,
            SourceSettings.Network settings,
            boolean hasLogIn,
            Interrupt interrupt) {
        this.address = address;
        this.settings = settings;
        this.hasLogIn = hasLogIn;
        this.interrupt = interrupt;
    }

    /** An answer that is none. */
    FrameSourceException status(CameraHttp.Answer answer) {
        int status = answer.status();
        return error(
                switch (status) {
                    case 401 -> logIn(answer);
                    case 403 ->
                            " refuses: this user may not see it, or was locked out for a while.";
                    case 404, 410 ->
                            " answers, but has no such picture or stream: check the path of the"
                                    + " URL.";
                    default ->
                            " answers with error "
                                    + status
                                    + (status >= 500
                                            ? ": restart the camera if that lasts."
                                            : ": check the path of the URL.");
                });
    }

    private String logIn(CameraHttp.Answer answer) {
        if (!hasLogIn) {
            return " wants a log-in: set user and password.";
        }
        LogIn wanted = LogIn.of(answer.headers("WWW-Authenticate"));
        return wanted.isKnownToWeb()
                ? " refuses the log-in: check user and password."
                : " wants a log-in of a kind that is not known here ("
                        + wanted.names()
                        + "): set the camera's web log-in to Digest or Basic.";
    }

    FrameSourceException page() {
        return error(
                " answers with a page, not with a video or a picture: check the path of the URL.");
    }

    /** No answer, or one that breaks off. */
    FrameSourceException failure(IOException e) {
        if (e instanceof FrameSourceException known) {
            return known;
        }
        if (interrupt.cancelled()) {
            return new FrameSourceException(address.shown() + " was closed.", e);
        }
        return new FrameSourceException(address.shown() + words(e) + address.hint(), e);
    }

    private String words(IOException e) {
        if (e instanceof UnknownHostException) {
            return " cannot be reached: nobody knows that name. Check it, or give the address.";
        }
        if (e instanceof SSLException) {
            return " does not prove who it is ("
                    + e.getMessage()
                    + "). If its certificate is its own, set verifyCertificate to false.";
        }
        if (e instanceof SocketTimeoutException) {
            return " has sent nothing for "
                    + settings.silenceMillis() / 1000
                    + " s: check that it is on and connected.";
        }
        return " cannot be reached ("
                + e.getMessage()
                + "): check that it is on and the address is right.";
    }

    FrameSourceException ended() {
        return error(" ended its stream.");
    }

    FrameSourceException error(String words) {
        return new FrameSourceException(address.shown() + words + address.hint());
    }
}
