// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal.signature;

import org.osgi.framework.Version;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Decides whether who signed a bundle is trusted, and whether this version may be used. */
final class Trust {
    private static final Set<String> CODE_SIGNING =
            Set.of("1.3.6.1.5.5.7.3.3", "2.5.29.37.0"); // for code, for anything
    private static final String TRUST_IT =
            " If you trust who made it: facegate keys trust CERTIFICATE; otherwise take it away.";

    private final TrustFolder folder;
    private final UsedVersions used;
    private final Supplier<Instant> clock;

    Trust(TrustFolder folder, UsedVersions used, Supplier<Instant> clock) {
        this.folder = folder;
        this.used = used;
        this.clock = clock;
    }

    /**
     * @param shipped the version that the installation has itself
     * @return whose signature counts
     * @throws RefusedException the bundle may not be used
     * @throws IOException what is trusted cannot be read
     */
    X509Certificate accept(
            JarSignature signature, String name, Version version, Optional<Version> shipped)
            throws RefusedException, IOException {
        boolean before = used.has(name, version, signature.digest());
        X509Certificate signer = signer(signature, before);
        Optional<Version> newest = used.newest(name);
        if (shipped.isPresent() && newest.filter(v -> v.compareTo(shipped.get()) > 0).isEmpty()) {
            newest = shipped;
        }
        if (!before && newest.isPresent() && version.compareTo(newest.get()) < 0) {
            throw new RefusedException(
                    "is older than "
                            + newest.get()
                            + ", which was in use here, and was never used itself: an old bundle may"
                            + " have faults that are mended since. Take it away, or sign it anew"
                            + " under a higher version.");
        }
        return signer;
    }

    /** Notes that a bundle was accepted, so that it can be gone back to. */
    void note(JarSignature signature, String name, Version version) throws IOException {
        used.add(name, version, signature.digest());
    }

    /**
     * @param before whether it was accepted here before: then only its certificate's age is not
     *     held against it
     */
    X509Certificate signer(JarSignature signature, boolean before)
            throws RefusedException, IOException {
        if (signature.problem().isPresent()) {
            throw new RefusedException(
                    signature.problem().get()
                            + (signature.problem().get().startsWith("is not signed")
                                    ? ". Sign it: facegate keys sign FILE --key KEY; or take it"
                                            + " away."
                                    : ". Get it anew from who made it."));
        }
        List<X509Certificate> trusted = folder.certificates();
        Set<String> revoked = folder.revoked();
        RefusedException first = null;
        for (List<X509Certificate> chain : signature.chains()) {
            try {
                check(chain, trusted, revoked, before);
                return chain.get(0);
            } catch (RefusedException e) {
                first = first == null ? e : first;
            }
        }
        throw first == null ? new RefusedException("is not signed as a whole by anybody") : first;
    }

    private void check(
            List<X509Certificate> chain,
            List<X509Certificate> trusted,
            Set<String> revoked,
            boolean before)
            throws RefusedException {
        X509Certificate signer = chain.get(0);
        int end = 0;
        while (end < chain.size() && !trusted.contains(chain.get(end))) {
            end++;
        }
        for (X509Certificate certificate : chain.subList(0, Math.min(end + 1, chain.size()))) {
            if (revoked.contains(Certificates.fingerprint(certificate))) {
                throw new RefusedException(
                        "is signed by "
                                + Certificates.name(certificate)
                                + ", which was revoked here. Take it away.");
            }
        }
        checkPurpose(signer);
        Instant time = before ? signer.getNotBefore().toInstant() : time(chain, trusted);
        if (time.isAfter(signer.getNotAfter().toInstant())) {
            throw new RefusedException(
                    "is signed with a certificate that expired on "
                            + day(signer.getNotAfter().toInstant())
                            + " ("
                            + Certificates.name(signer)
                            + "), and it is "
                            + day(time)
                            + " here. Get it signed anew; if the date is wrong, set the clock.");
        }
        if (end > 0) {
            checkPath(chain.subList(0, end), trusted, revoked, time);
        }
    }

    private static void checkPurpose(X509Certificate signer) throws RefusedException {
        try {
            List<String> purposes = signer.getExtendedKeyUsage();
            if (purposes != null && purposes.stream().noneMatch(CODE_SIGNING::contains)) {
                throw new RefusedException(
                        "is signed with a certificate that is not for code ("
                                + Certificates.name(signer)
                                + "). Get it signed anew.");
            }
        } catch (CertificateException e) {
            throw new RefusedException("is signed with a damaged certificate.", e);
        }
    }

    private static void checkPath(
            List<X509Certificate> path,
            List<X509Certificate> trusted,
            Set<String> revoked,
            Instant time)
            throws RefusedException {
        Set<TrustAnchor> anchors = new HashSet<>();
        for (X509Certificate certificate : trusted) {
            if (certificate.getBasicConstraints() >= 0 // it may issue others
                    && !revoked.contains(Certificates.fingerprint(certificate))) {
                anchors.add(new TrustAnchor(certificate, null));
            }
        }
        String foreign =
                "is signed by "
                        + Certificates.name(path.get(0))
                        + ", whom this gateway does not trust (SHA-256 "
                        + Certificates.fingerprint(path.get(0)).substring(0, 16)
                        + "…).";
        if (anchors.isEmpty()) {
            throw new RefusedException(foreign + TRUST_IT);
        }
        try {
            CertPath certificates = CertificateFactory.getInstance("X.509").generateCertPath(path);
            PKIXParameters rules = new PKIXParameters(anchors);
            rules.setRevocationEnabled(false); // by the folder's own list: a gateway may be offline
            rules.setDate(Date.from(time));
            CertPathValidator.getInstance("PKIX").validate(certificates, rules);
        } catch (GeneralSecurityException e) {
            throw new RefusedException(foreign + TRUST_IT, e);
        }
    }

    /**
     * The time that certificates are held against. A clock that is behind, as of a Raspberry Pi
     * that was just switched on, is not believed: it is later than all of them began.
     */
    private Instant time(List<X509Certificate> chain, List<X509Certificate> trusted) {
        List<X509Certificate> all = new ArrayList<>(chain.subList(0, 1));
        all.addAll(trusted);
        Instant time = clock.get();
        for (X509Certificate certificate : all) {
            Instant begin = certificate.getNotBefore().toInstant();
            time = begin.isAfter(time) ? begin : time;
        }
        return time;
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
