// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Private keys of PEM files: PKCS#8, encrypted or not (RFC 5958), and the older RSA (RFC 8017,
 * appendix A.1.2) and EC forms (RFC 5915), which Java reads when they are wrapped.
 */
final class PemKey {
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    /** The object identifiers rsaEncryption, with its NULL, and id-ecPublicKey. */
    private static final byte[] RSA = {6, 9, 42, -122, 72, -122, -9, 13, 1, 1, 1, 5, 0};

    private static final byte[] EC = {6, 7, 42, -122, 72, -50, 61, 2, 1};
    private static final byte[] VERSION_0 = {2, 1, 0};
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 4;
    private static final int PARAMETERS = 0xA0;

    private PemKey() {}

    /**
     * Reads the first private key of a file.
     *
     * @param password of an encrypted key; empty for none
     * @throws TlsFileException there is none, or it cannot be read; the message says why
     */
    static PrivateKey read(PemFile file, String password) throws IOException {
        for (PemFile.Block block : file.blocks()) {
            if (block.legacyEncryption()) {
                throw new TlsFileException(
                        file.path()
                                + " holds a key encrypted in an old way: convert it with openssl"
                                + " pkcs8 -topk8",
                        null);
            }
            switch (block.label()) {
                case "PRIVATE KEY":
                    return key(file, block.der());
                case "RSA PRIVATE KEY":
                    return key(file, wrapped(RSA, block.der()));
                case "EC PRIVATE KEY":
                    return key(file, wrapped(join(EC, curve(file, block.der())), block.der()));
                case "ENCRYPTED PRIVATE KEY":
                    return key(file, decrypted(file, block.der(), password));
                default:
            }
        }
        throw new TlsFileException(file.path() + " holds no private key", null);
    }

    private static PrivateKey key(PemFile file, byte[] der) throws IOException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (GeneralSecurityException e) {
                // of another algorithm
            }
        }
        throw new TlsFileException(
                file.path() + " holds a private key that Java cannot read (RSA, EC, Ed25519)",
                null);
    }

    private static byte[] decrypted(PemFile file, byte[] der, String password) throws IOException {
        if (password.isEmpty()) {
            throw new TlsFileException(
                    file.path() + " is encrypted: its password must be set as well", null);
        }
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
            String scheme =
                    info.getAlgParameters() != null && info.getAlgName().contains("PBES2")
                            ? info.getAlgParameters().toString()
                            : info.getAlgName();
            Cipher cipher = Cipher.getInstance(scheme);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(scheme)
                            .generateSecret(new PBEKeySpec(password.toCharArray())),
                    info.getAlgParameters());
            return info.getKeySpec(cipher).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new TlsFileException(
                    "the key of " + file.path() + " cannot be decrypted: is its password right?",
                    e);
        }
    }

    /** PKCS#8 around a key of the older forms. */
    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return der(SEQUENCE, join(VERSION_0, der(SEQUENCE, algorithm), der(OCTETS, key)));
    }

    /** The named curve within an EC key: what [0] holds. */
    private static byte[] curve(PemFile file, byte[] key) throws IOException {
        int at = content(key, 0);
        while (at < key.length) {
            int start = content(key, at);
            int end = start + length(key, at);
            if ((key[at] & 0xFF) == PARAMETERS && end <= key.length) {
                return Arrays.copyOfRange(key, start, end);
            }
            at = end;
        }
        throw new TlsFileException(
                file.path()
                        + " holds a key without its curve: convert it with openssl pkcs8 -topk8",
                null);
    }

    private static int content(byte[] der, int at) {
        int first = der[at + 1];
        return at + 2 + (first < 0 ? first & 0x7F : 0);
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1];
        if (first >= 0) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7F); i++) {
            length = length << 8 | der[at + 2 + i] & 0xFF;
        }
        return length;
    }

    private static byte[] der(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            int bytes = content.length > 0xFFFF ? 3 : content.length > 0xFF ? 2 : 1;
            out.write(0x80 | bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                out.write(content.length >> (8 * i));
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
