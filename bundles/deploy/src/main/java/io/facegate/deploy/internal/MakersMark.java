// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal;

import io.facegate.deploy.internal.signature.Keys;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRevision;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.stream.Stream;

/**
 * Which bundles of the installation bear the signature of its maker. It is not verified: they are
 * trusted as the program that starts them is, and reading all of them would take seconds at each
 * start. {@code facegate keys list --bundles} verifies it.
 */
final class MakersMark {
    private final Keys keys;
    private final Installation installation;
    private final BundleContext system;
    private final Map<BundleRevision, Boolean> known =
            Collections.synchronizedMap(new WeakHashMap<>());

    MakersMark(Keys keys, Installation installation, BundleContext system) {
        this.keys = keys;
        this.installation = installation;
        this.system = system;
    }

    /** For people; empty when the installation names no maker. */
    Optional<String> summary() {
        List<Keys.Maker> makers;
        try {
            makers = keys.makers();
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
        if (makers.isEmpty()) {
            return Optional.empty();
        }
        List<Bundle> bundles =
                Stream.of(system.getBundles())
                        .filter(bundle -> bundle.getBundleId() != 0)
                        .filter(bundle -> installation.file(bundle).isPresent())
                        .toList();
        long marked = bundles.stream().filter(bundle -> bears(bundle, makers)).count();
        return Optional.of(
                marked
                        + " of the installation's "
                        + bundles.size()
                        + " bear the signature of "
                        + makers.get(0).name());
    }

    private boolean bears(Bundle bundle, List<Keys.Maker> makers) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null
                && known.computeIfAbsent(
                        revision,
                        r ->
                                makers.stream()
                                        .anyMatch(m -> bundle.getEntry(m.signatureFile()) != null));
    }
}
