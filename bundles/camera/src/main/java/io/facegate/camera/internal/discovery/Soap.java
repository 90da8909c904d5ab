// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal.discovery;

import io.facegate.api.camera.CameraLogin;

import org.w3c.dom.Document;
import org.w3c.dom.Element;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Questions to one ONVIF device, with the log-in the ONVIF Core Specification (5.9.4) asks for: a
 * digest of password, time and a random number (OASIS Web Services Security UsernameToken Profile
 * 1.0). The time is the device's own, whose clock may be wrong by years.
 */
final class Soap {
    private static final String SECURITY =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final OnvifTransport transport;
    private final Optional<CameraLogin> login;
    private final Clock clock;
    private long ahead; // milliseconds of the device's clock before this machine's

    Soap(OnvifTransport transport, Optional<CameraLogin> login, Clock clock) {
        this.transport = transport;
        this.login = login;
        this.clock = clock;
    }

    /** The device wants a log-in, or refuses the one it got. */
    static final class NotAuthorizedException extends IOException {
        private static final long serialVersionUID = 1L;

        NotAuthorizedException() {
            super("not authorized");
        }
    }

    /**
     * From now on the device's clock shows this.
     *
     * @param time as it says by {@code GetSystemDateAndTime}
     */
    void clockOfDevice(Instant time) {
        ahead = ChronoUnit.MILLIS.between(clock.instant(), time);
    }

    /** Asks without log-in, as for the time (ONVIF Core Specification, 8.1: PRE_AUTH). */
    Document askOpenly(String url, String body) throws IOException {
        return ask(url, body, Optional.empty());
    }

    /**
     * Asks with the log-in, if there is one.
     *
     * @param body one element with its namespace
     * @throws NotAuthorizedException the device wants another log-in
     * @throws IOException no answer, or an error, whose reason is the message
     */
    Document ask(String url, String body) throws IOException {
        return ask(url, body, login);
    }

    private Document ask(String url, String body, Optional<CameraLogin> as) throws IOException {
        String envelope =
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                        + "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\">"
                        + as.map(this::header).orElse("")
                        + "<s:Body>"
                        + body
                        + "</s:Body></s:Envelope>";
        OnvifTransport.Reply reply =
                transport.post(url, envelope.getBytes(StandardCharsets.UTF_8), as);
        if (reply.status() == 401 || reply.status() == 403) {
            throw new NotAuthorizedException();
        }
        Document document;
        try {
            document = Xml.read(reply.body());
        } catch (IOException e) {
            throw new IOException("HTTP " + reply.status() + ", and " + e.getMessage(), e);
        }
        for (Element fault : Xml.all(document, "Fault")) {
            throw failure(fault);
        }
        if (reply.status() != 200) {
            throw new IOException("HTTP " + reply.status());
        }
        return document;
    }

    private static IOException failure(Element fault) {
        String words = Xml.printable(fault.getTextContent());
        return words.toLowerCase(Locale.ROOT).replace(" ", "").contains("notauthorized")
                ? new NotAuthorizedException()
                : new IOException(words.length() > 200 ? words.substring(0, 200) + "…" : words);
    }

    private String header(CameraLogin user) {
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        String created =
                clock.instant().plusMillis(ahead).truncatedTo(ChronoUnit.MILLIS).toString();
        return "<s:Header><w:Security s:mustUnderstand=\"1\" xmlns:w=\""
                + SECURITY
                + "wssecurity-secext-1.0.xsd\" xmlns:u=\""
                + SECURITY
                + "wssecurity-utility-1.0.xsd\"><w:UsernameToken><w:Username>"
                + Xml.escaped(user.user())
                + "</w:Username><w:Password Type=\""
                + SECURITY
                + "username-token-profile-1.0#PasswordDigest\">"
                + digest(nonce, created, user.password())
                + "</w:Password><w:Nonce EncodingType=\""
                + SECURITY
                + "soap-message-security-1.0#Base64Binary\">"
                + Base64.getEncoder().encodeToString(nonce)
                + "</w:Nonce><u:Created>"
                + created
                + "</u:Created></w:UsernameToken></w:Security></s:Header>";
    }

    /** Base64 of SHA-1 of the three, one after the other. */
    static String digest(byte[] nonce, String created, String password) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            sha.update(nonce);
            sha.update(created.getBytes(StandardCharsets.UTF_8));
            sha.update(password.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java lacks SHA-1", e);
        }
    }
}
