// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What a client that asked for the console is told.
 *
 * @param status HTTP status
 * @param retrySeconds when to come back; 0 leaves it open
 * @param text one line for people
 */
record Answer(int status, long retrySeconds, String text) {
    static final int GRANTED = HttpServletResponse.SC_OK;

    static final Answer GRANT = new Answer(GRANTED, 0, "");
    static final Answer ASK =
            new Answer(HttpServletResponse.SC_UNAUTHORIZED, 0, "User name and password, please.");
    static final Answer FOREIGN_SITE =
            new Answer(
                    HttpServletResponse.SC_FORBIDDEN,
                    0,
                    "Refused: a page of another site asked for this change. Is it the console behind a"
                            + " proxy, add the address of the proxy to origins of "
                            + ConsoleConfig.PID
                            + ".");

    /** It is done. */
    static Answer done(String text) {
        return new Answer(HttpServletResponse.SC_OK, 0, text);
    }

    /** It is not done: why, and what to do. */
    static Answer refused(int status, String text) {
        return new Answer(status, 0, text);
    }

    /**
     * It is not done since a part is away, which comes back soon.
     *
     * @param what a clause, such as {@code The store is missing}
     */
    static Answer missing(String what) {
        return new Answer(
                HttpServletResponse.SC_SERVICE_UNAVAILABLE, 5, what + "; try again in a moment.");
    }

    /** Writes it; a client that has gone away is no error. */
    void send(HttpServletResponse response) {
        byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("text/plain;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        if (status == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"Facegate\", charset=\"UTF-8\"");
        }
        if (status == HttpServletResponse.SC_FORBIDDEN
                || status == HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE) {
            // What the client still sends is not read.
            response.setHeader("Connection", "close");
        }
        if (retrySeconds > 0) {
            response.setHeader("Retry-After", Long.toString(retrySeconds));
        }
        try {
            response.getOutputStream().write(body);
            response.flushBuffer();
        } catch (IOException | UncheckedIOException e) {
            // Nobody is there to be told.
        }
    }
}
