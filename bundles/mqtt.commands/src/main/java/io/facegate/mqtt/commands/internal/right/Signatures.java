// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.right;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

import io.facegate.mqtt.commands.internal.request.ErrorCode;
import io.facegate.mqtt.commands.internal.request.RefusedException;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Requests in an envelope that is signed with a shared secret (HMAC-SHA256, RFC 2104), for brokers
 * that let everybody publish. One is good for one gateway, one command, once, and a while. For one
 * thread.
 */
public final class Signatures {
    /** Letters a secret has at least; fewer can be guessed. */
    public static final int SHORTEST_SECRET = 16;

    private static final String SIGNED = "signed";
    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{16,64}");

    private final Optional<SecretKeySpec> key;
    private final String gateway;
    private final long windowSeconds;
    private final InstantSource clock;
    private final ClockState state;
    private final NonceBook nonces;

    /** Whether the clock of this machine is right, as far as anybody knows. */
    public interface ClockState {
        Optional<Boolean> isSynchronized();
    }

    /**
     * @param secret shared with whoever signs; empty: nobody is trusted
     * @param gateway id, which is signed too
     * @param windowSeconds how far the time of a request may be from the clock
     */
    public Signatures(
            String secret,
            String gateway,
            long windowSeconds,
            InstantSource clock,
            ClockState state,
            NonceBook nonces) {
        key =
                secret.length() < SHORTEST_SECRET
                        ? Optional.empty()
                        : Optional.of(
                                new SecretKeySpec(
                                        secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
        this.gateway = gateway;
        this.windowSeconds = windowSeconds;
        this.clock = clock;
        this.state = state;
        this.nonces = nonces;
    }

    /** Whether anybody can sign. */
    public boolean on() {
        return key.isPresent();
    }

    /** Whether a request is in an envelope. */
    public static boolean isSigned(JsonObject request) {
        return request.has(SIGNED);
    }

    /** The text that was signed, whoever signed it. */
    public static String content(JsonObject envelope) throws RefusedException {
        return text(envelope, SIGNED);
    }

    /**
     * Accepts an envelope, which is never accepted again.
     *
     * @param command the last part of the topic
     * @throws RefusedException it is not signed with the secret, or not now, or came before
     */
    public void accept(String command, JsonObject envelope) throws RefusedException {
        SecretKeySpec secret =
                key.orElseThrow(
                        () ->
                                new RefusedException(
                                        ErrorCode.BAD_SIGNATURE,
                                        "this gateway has no secret to check signatures with: set"
                                                + " .secret in "
                                                + Rights.PID));
        String nonce = text(envelope, "nonce");
        if (!NONCE.matcher(nonce).matches()) {
            throw malformed("nonce is 16 to 64 letters, digits, - or _, never the same again");
        }
        long time = time(envelope);
        String signed =
                String.join("\n", gateway, command, Long.toString(time), nonce, content(envelope));
        byte[] given = bytes(text(envelope, "hmac"));
        if (!MessageDigest.isEqual(hmac(secret, signed), given)) {
            throw new RefusedException(
                    ErrorCode.BAD_SIGNATURE,
                    "the signature does not fit: HMAC-SHA256 with the secret over "
                            + gateway
                            + ", "
                            + command
                            + ", time, nonce and signed, with line feeds in between, in hex");
        }
        checkTime(time);
        nonces.use(time, nonce, clock.instant().getEpochSecond() - windowSeconds);
    }

    private void checkTime(long time) throws RefusedException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (Math.abs(now.getEpochSecond() - time) <= windowSeconds) {
            return;
        }
        String why =
                state.isSynchronized()
                        .map(right -> right ? "" : ", which is not synchronised")
                        .orElse("");
        throw new RefusedException(
                ErrorCode.BAD_TIME,
                "it was signed at "
                        + Instant.ofEpochSecond(time)
                        + " and this gateway's clock says "
                        + now
                        + why
                        + ": more than "
                        + windowSeconds
                        + " s apart; sign it anew, or set the clock that is wrong");
    }

    private static long time(JsonObject envelope) throws RefusedException {
        if (envelope.get("time") instanceof JsonPrimitive number && number.isNumber()) {
            try {
                long time = number.getAsBigDecimal().longValueExact();
                if (Math.abs(time) < Instant.MAX.getEpochSecond()) {
                    return time;
                }
            } catch (ArithmeticException | NumberFormatException e) {
                // said below
            }
        }
        throw malformed("time is seconds since 1970, a whole number");
    }

    private static String text(JsonObject envelope, String field) throws RefusedException {
        JsonElement value = envelope.get(field);
        if (value instanceof JsonPrimitive text && text.isString()) {
            return text.getAsString();
        }
        throw malformed(field + " is missing, or no text");
    }

    private static RefusedException malformed(String what) {
        return new RefusedException(
                ErrorCode.BAD_SIGNATURE,
                "a signed command has signed, time, nonce and hmac: " + what);
    }

    private static byte[] bytes(String hex) throws RefusedException {
        try {
            return HexFormat.of().parseHex(hex.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw malformed("hmac is in hex");
        }
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java has no " + ALGORITHM, e);
        }
    }
}
