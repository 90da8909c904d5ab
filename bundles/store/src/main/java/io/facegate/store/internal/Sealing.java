// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.store.StoreException;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * How vectors and chips lie in the file: as they are, or encrypted by AES-256-GCM (NIST SP
 * 800-38D), as nonce, ciphertext and tag. The nonce is made of the value under a second key, so
 * that none serves two values and equal values stay equal, for the search of duplicates: the idea
 * of SIV (RFC 5297). A value is bound to its kind, not to its row. For one thread at a time.
 */
final class Sealing {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    /** What a value is; none passes for one of another kind. */
    enum Content {
        ENCODING,
        CHIP,
        UNKNOWN_ENCODING,
        UNKNOWN_CHIP,
        COUNTER_EXAMPLE,
        COUNTER_CHIP;

        private final byte[] label = ("facegate " + name()).getBytes(StandardCharsets.US_ASCII);
    }

    /** What to do with a damaged store: one that is refused takes no backup in. */
    private static final String ADVICE =
            "; stop the gateway, move the file away, start it again and restore a backup";

    private final Optional<StoreKey> key;
    private final String advice;
    private final SecretKeySpec secret;
    private final Mac nonces;
    private final Cipher opening;

    /** Of the store. Without a key values are kept as they are. */
    Sealing(Optional<StoreKey> key) {
        this(key, ADVICE);
    }

    private Sealing(Optional<StoreKey> key, String advice) {
        this.key = key;
        this.advice = advice;
        if (key.isEmpty()) {
            secret = null;
            nonces = null;
            opening = null;
            return;
        }
        try {
            secret = new SecretKeySpec(key.get().derived("encryption"), "AES");
            nonces = Mac.getInstance("HmacSHA256");
            nonces.init(new SecretKeySpec(key.get().derived("nonce"), "HmacSHA256"));
            opening = cipher();
        } catch (GeneralSecurityException e) {
            throw impossible(e);
        }
    }

    /** Of a copy: when it is damaged the store is not. */
    static Sealing ofCopy(Optional<StoreKey> key) {
        return new Sealing(key, "; take another backup");
    }

    /** The same for another thread. */
    Sealing another() {
        return new Sealing(key, advice);
    }

    Optional<StoreKey> key() {
        return key;
    }

    /** The id of the key; empty when there is none. */
    String keyId() {
        return key.map(StoreKey::id).orElse("");
    }

    /** The value as it lies in the file; the same for the same value and kind. */
    byte[] seal(Content content, byte[] value) {
        if (key.isEmpty()) {
            return value;
        }
        try {
            nonces.update(content.label);
            byte[] nonce = Arrays.copyOf(nonces.doFinal(value), NONCE_BYTES);
            // A new one each time: Java's refuses a nonce twice, even for the same value.
            Cipher cipher = cipher();
            cipher.init(Cipher.ENCRYPT_MODE, secret, new GCMParameterSpec(8 * TAG_BYTES, nonce));
            cipher.updateAAD(content.label);
            byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + value.length + TAG_BYTES);
            cipher.doFinal(value, 0, value.length, sealed, NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw impossible(e);
        }
    }

    /**
     * The value of what lies in the file.
     *
     * @param row for the message
     * @throws StoreException it was changed: not what was sealed with this key for this kind
     */
    byte[] open(Content content, byte[] sealed, long row) throws StoreException {
        if (key.isEmpty()) {
            return sealed;
        }
        if (sealed.length < NONCE_BYTES + TAG_BYTES) {
            throw damaged(content, row, null);
        }
        try {
            opening.init(
                    Cipher.DECRYPT_MODE,
                    secret,
                    new GCMParameterSpec(8 * TAG_BYTES, sealed, 0, NONCE_BYTES));
            opening.updateAAD(content.label);
            return opening.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw damaged(content, row, e);
        } catch (GeneralSecurityException e) {
            throw impossible(e);
        }
    }

    private StoreException damaged(Content content, long row, Exception e) {
        return new StoreException(
                content.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + " "
                        + row
                        + " cannot be decrypted: the file was changed or damaged"
                        + advice,
                e);
    }

    private static Cipher cipher() throws GeneralSecurityException {
        return Cipher.getInstance("AES/GCM/NoPadding");
    }

    private static IllegalStateException impossible(GeneralSecurityException e) {
        return new IllegalStateException("every Java has AES-256-GCM and HMAC-SHA256", e);
    }
}
