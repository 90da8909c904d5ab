// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal.signature;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.CodeSigner;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;

/**
 * Who signed the whole of a bundle: each entry, by the same signer, and nothing was added, altered
 * or taken away since. Whether the signer is trusted is not asked here, so the answer never
 * changes.
 *
 * @param chains certificates of those who signed all of it, each with its issuers behind it; empty
 *     when nobody did
 * @param problem why nobody did
 * @param digest SHA-256 of names and contents of all entries
 */
record JarSignature(List<List<X509Certificate>> chains, Optional<String> problem, String digest) {
    private static final String SIGNATURES = "META-INF/";

    /**
     * Reads all of a bundle.
     *
     * @throws IOException it cannot be read
     */
    static JarSignature of(Contents contents) throws IOException {
        MessageDigest digest = sha256();
        try {
            Set<List<X509Certificate>> signers = signers(contents, digest);
            return new JarSignature(List.copyOf(signers), Optional.empty(), hex(digest));
        } catch (RefusedException e) {
            return new JarSignature(List.of(), Optional.of(e.getMessage()), hex(digest));
        } catch (SecurityException e) {
            return new JarSignature(
                    List.of(),
                    Optional.of("was altered after it was signed (" + e.getMessage() + ")"),
                    hex(digest));
        }
    }

    private static Set<List<X509Certificate>> signers(Contents contents, MessageDigest digest)
            throws IOException, RefusedException {
        List<String> names =
                contents.names().stream()
                        .sorted(
                                Comparator.comparingInt(JarSignature::place)
                                        .thenComparing(Comparator.naturalOrder()))
                        .toList();
        if (!names.contains(JarFile.MANIFEST_NAME)
                || names.stream().noneMatch(JarSignature::isSignature)) {
            throw new RefusedException("is not signed");
        }
        checkMainAttributes(contents, names);
        Set<List<X509Certificate>> signers = null;
        try (JarInputStream jar = new JarInputStream(new ContentsAsJar(contents, names), true);
                InputStream manifest = contents.open(JarFile.MANIFEST_NAME)) {
            add(digest, JarFile.MANIFEST_NAME, manifest);
            for (JarEntry entry = jar.getNextJarEntry();
                    entry != null;
                    entry = jar.getNextJarEntry()) {
                add(digest, entry.getName(), jar); // its signers are known when all was read
                if (!isSignature(entry.getName())) {
                    signers = common(signers, entry);
                }
            }
            checkNothingIsMissing(jar.getManifest(), names);
        }
        if (signers == null) {
            throw new RefusedException("has nothing in it");
        }
        return signers;
    }

    private static void add(MessageDigest digest, String name, InputStream in) throws IOException {
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        byte[] chunk = new byte[64 * 1024];
        long length = 0;
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            digest.update(chunk, 0, count);
            length += count;
        }
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, length));
    }

    private static Set<List<X509Certificate>> common(
            Set<List<X509Certificate>> signers, JarEntry entry) throws RefusedException {
        Set<List<X509Certificate>> chains = new LinkedHashSet<>();
        CodeSigner[] all = entry.getCodeSigners();
        for (CodeSigner signer : all == null ? new CodeSigner[0] : all) {
            chains.add(
                    signer.getSignerCertPath().getCertificates().stream()
                            .map(X509Certificate.class::cast)
                            .toList());
        }
        if (chains.isEmpty()) {
            throw new RefusedException("has an entry that is not signed: " + entry.getName());
        }
        if (signers == null) {
            return chains;
        }
        signers.retainAll(chains);
        if (signers.isEmpty()) {
            throw new RefusedException("is not signed as a whole by anybody");
        }
        return signers;
    }

    /** The headers of the bundle are main attributes, which a signature need not cover. */
    private static void checkMainAttributes(Contents contents, List<String> names)
            throws IOException, RefusedException {
        for (String name : names) {
            if (!name.toUpperCase(Locale.ROOT).endsWith(".SF") || !isSignature(name)) {
                continue;
            }
            try (InputStream in = contents.open(name)) {
                boolean covered =
                        new Manifest(in)
                                .getMainAttributes().keySet().stream()
                                        .anyMatch(
                                                key ->
                                                        key.toString()
                                                                .toUpperCase(Locale.ROOT)
                                                                .endsWith(
                                                                        "-DIGEST-MANIFEST-MAIN-ATTRIBUTES"));
                if (!covered) {
                    throw new RefusedException(
                            "has a signature that leaves out the bundle's headers: " + name);
                }
            }
        }
    }

    private static void checkNothingIsMissing(Manifest manifest, List<String> names)
            throws RefusedException {
        Set<String> missing = new TreeSet<>(manifest.getEntries().keySet());
        missing.removeIf(name -> name.endsWith("/"));
        names.forEach(missing::remove);
        if (!missing.isEmpty()) {
            throw new RefusedException(
                    "was altered after it was signed ("
                            + missing.iterator().next()
                            + " is missing)");
        }
    }

    private static int place(String name) {
        if (name.equals(JarFile.MANIFEST_NAME)) {
            return 0;
        }
        return isSignature(name) ? 1 : 2;
    }

    /** What the JDK takes for part of a signature, which cannot sign itself. */
    private static boolean isSignature(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith(SIGNATURES)
                && upper.indexOf('/', SIGNATURES.length()) < 0
                && (upper.startsWith(SIGNATURES + "SIG-")
                        || Arrays.asList("SF", "DSA", "RSA", "EC")
                                .contains(upper.substring(upper.lastIndexOf('.') + 1)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
