// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.users;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as Mosquitto keeps it, {@code $7$iterations$salt$hash} of PBKDF2 with HMAC-SHA-512, so
 * that users can be taken over from there. Immutable.
 */
public final class PasswordHash {
    /** About 0.1 s on a Raspberry Pi 4, once for each log-in; 101 in Mosquitto 2.0. */
    private static final int ITERATIONS = 20_000;

    private static final int MOST_ITERATIONS = 1_000_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 64;

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    /** Hashes a password with a new salt. */
    public static PasswordHash of(String password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return new PasswordHash(ITERATIONS, salt, derive(password, salt, ITERATIONS));
    }

    /**
     * Reads what {@link #toString()} wrote, or {@code mosquitto_passwd}.
     *
     * @throws IllegalArgumentException the text is something else
     */
    static PasswordHash parse(String text) {
        String[] parts = text.split("\\$");
        if (parts.length != 5 || !parts[1].equals("7")) {
            throw new IllegalArgumentException("a hash is $7$iterations$salt$hash");
        }
        int iterations = Integer.parseInt(parts[2]);
        byte[] salt = Base64.getDecoder().decode(parts[3]);
        byte[] hash = Base64.getDecoder().decode(parts[4]);
        if (iterations < 1
                || iterations > MOST_ITERATIONS
                || salt.length < 8
                || hash.length != HASH_BYTES) {
            throw new IllegalArgumentException("the hash is damaged");
        }
        return new PasswordHash(iterations, salt, hash);
    }

    /** Whether this is the hash of a password; takes as long for any password. */
    public boolean matches(String password) {
        return MessageDigest.isEqual(hash, derive(password, salt, iterations));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PasswordHash that
                && iterations == that.iterations
                && Arrays.equals(salt, that.salt)
                && Arrays.equals(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    @Override
    public String toString() {
        Base64.Encoder base64 = Base64.getEncoder();
        return "$7$"
                + iterations
                + "$"
                + base64.encodeToString(salt)
                + "$"
                + base64.encodeToString(hash);
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        PBEKeySpec spec =
                new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BYTES * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks PBKDF2WithHmacSHA512", e);
        } finally {
            spec.clearPassword();
        }
    }
}
