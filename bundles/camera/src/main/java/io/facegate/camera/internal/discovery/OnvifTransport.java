// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal.discovery;

import io.facegate.api.camera.CameraLogin;

import java.io.IOException;
import java.util.Optional;

/** Carries a question to a device. */
@FunctionalInterface
public interface OnvifTransport {
    /**
     * Posts a SOAP 1.2 message.
     *
     * @param login for the log-in of HTTP, by a digest only: who answers may be anybody
     * @throws IOException no answer
     */
    Reply post(String url, byte[] message, Optional<CameraLogin> login) throws IOException;

    /** What was answered; the body may be any bytes. */
    record Reply(int status, byte[] body) {}
}
