// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks {@code Authorization} headers. PBKDF2 costs half a second on a Raspberry Pi and a page is
 * many requests, so a keyed digest of the header that was right is kept in memory. One PBKDF2 runs
 * at a time: guesses from many addresses cannot take more than one core. Thread-safe.
 */
final class PasswordCheck {
    private static final Logger log = LoggerFactory.getLogger(PasswordCheck.class);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long WAIT_SECONDS = 5;

    private final String user;
    private final String configured;
    private final PasswordFiles files;
    private final LoginThrottle throttle = new LoginThrottle(System::nanoTime);
    private final SecretKeySpec digestKey;
    private final Semaphore oneAtATime = new Semaphore(1, true);
    private volatile PasswordHash hash;
    private volatile byte[] accepted = {};
    private volatile String problem = "";
    private long preparedAt;

    PasswordCheck(String user, String configured, PasswordFiles files) {
        this.user = user;
        this.configured = configured == null ? "" : configured;
        this.files = files;
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        this.digestKey = new SecretKeySpec(key, "HmacSHA256");
    }

    String user() {
        return user;
    }

    /** Why nobody can log in; empty when all is well. */
    String problem() {
        return problem;
    }

    /** Reads or makes the password; on failure tried again by a later request. */
    synchronized void prepare() {
        if (hash != null || !problem.isEmpty() && System.nanoTime() - preparedAt < RETRY_NANOS) {
            return;
        }
        preparedAt = System.nanoTime();
        try {
            hash = password();
            problem = "";
        } catch (IOException e) {
            if (!e.getMessage().equals(problem)) {
                log.error("Nobody can log in to the console: {}", e.getMessage());
            }
            problem = e.getMessage();
        }
    }

    private PasswordHash password() throws IOException {
        if (user.isEmpty() || user.indexOf(':') >= 0) {
            throw new IOException(
                    "the user name must not be empty or contain a colon: set user in "
                            + ConsoleConfig.PID);
        }
        if (!configured.isEmpty()) {
            if (configured.length() < PasswordFiles.SHORTEST) {
                throw new IOException(
                        "the configured password is shorter than "
                                + PasswordFiles.SHORTEST
                                + " characters: set .password in "
                                + ConsoleConfig.PID);
            }
            log.info("Console log-in: user {}, password from the configuration", user);
            return PasswordHash.of(configured);
        }
        PasswordHash loaded = files.load(user);
        if (Files.exists(files.clearText())) {
            log.info(
                    "Console log-in: user {}, password in {} (delete the file after reading)",
                    user,
                    files.clearText());
        }
        return loaded;
    }

    /** What a client with this header, from this address, is to be told. */
    Answer check(String header, String address) {
        prepare();
        if (hash == null) {
            return new Answer(
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    10,
                    "There is no password yet: see the gateway's log.");
        }
        if (header == null) {
            return Answer.ASK;
        }
        long locked = throttle.lockedSeconds(address);
        if (locked > 0) {
            return tooMany(locked);
        }
        byte[] digest = digest(header);
        if (MessageDigest.isEqual(digest, accepted)) {
            return Answer.GRANT;
        }
        return checkSlowly(header, digest, address);
    }

    private Answer checkSlowly(String header, byte[] digest, String address) {
        try {
            if (!oneAtATime.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                return tooMany(WAIT_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return tooMany(WAIT_SECONDS);
        }
        try {
            // While this request waited, others of the same address may have used up its tries.
            long locked = throttle.lockedSeconds(address);
            if (locked > 0) {
                return tooMany(locked);
            }
            if (MessageDigest.isEqual(digest, accepted) || matches(header)) {
                accepted = digest;
                throttle.succeeded(address);
                return Answer.GRANT;
            }
            if (throttle.failed(address)) {
                log.warn(
                        "{} wrong console passwords from {}: locked out for a minute",
                        LoginThrottle.FAILURES,
                        address);
            }
            return Answer.ASK;
        } finally {
            oneAtATime.release();
        }
    }

    private boolean matches(String header) {
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return false;
        }
        String decoded;
        try {
            decoded =
                    new String(
                            Base64.getDecoder().decode(header.substring(6).trim()),
                            StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return false;
        }
        int colon = decoded.indexOf(':');
        if (colon < 0) {
            return false;
        }
        boolean userMatches =
                MessageDigest.isEqual(
                        decoded.substring(0, colon).getBytes(StandardCharsets.UTF_8),
                        user.getBytes(StandardCharsets.UTF_8));
        boolean passwordMatches = hash.matches(decoded.substring(colon + 1));
        return userMatches & passwordMatches;
    }

    private byte[] digest(String header) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(digestKey);
            return mac.doFinal(header.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks HmacSHA256", e);
        }
    }

    private static Answer tooMany(long seconds) {
        return new Answer(429, seconds, "Too many wrong passwords: wait " + seconds + " seconds.");
    }
}
