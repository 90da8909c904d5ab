// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal;

import io.facegate.deploy.internal.signature.CheckedBundle;
import io.facegate.deploy.internal.signature.Contents;
import io.facegate.deploy.internal.signature.Keys;
import io.facegate.deploy.internal.signature.RefusedException;

import org.osgi.framework.Bundle;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * Keeps bundles from being resolved that may not be used, whoever installed them: without being
 * resolved none of their classes is loaded, no component of theirs is read, and no extender sees
 * them. An attempt to resolve one ends with an exception, and it gives nothing to others and takes
 * nothing from them, so it can neither be drawn in by them nor attach itself to one as a fragment.
 *
 * <p>Nothing is taken out of what may be resolved, as the specification of resolver hooks has it:
 * Felix 7.0.5 then forgets all that was resolved already, and nothing else resolves any more.
 */
final class BundleGate implements ResolverHookFactory, ResolverHook {
    private final Keys keys;
    private final Installation installation;
    private final Map<BundleRevision, CheckedBundle> looked =
            Collections.synchronizedMap(new WeakHashMap<>());
    private final Map<BundleRevision, String> refused =
            Collections.synchronizedMap(new WeakHashMap<>());

    BundleGate(Keys keys, Installation installation) {
        this.keys = keys;
        this.installation = installation;
    }

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        if (!keys.required()) {
            return null;
        }
        for (BundleRevision revision : triggers) {
            if (revision.getWiring() == null && !accepts(revision)) {
                throw new IllegalStateException(revision.getBundle() + " " + refused.get(revision));
            }
        }
        return this;
    }

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {
        // see above
    }

    @Override
    public void filterMatches(
            BundleRequirement requirement, Collection<BundleCapability> candidates) {
        try {
            if (isKeptOut(requirement.getRevision())) {
                candidates.clear();
            } else {
                candidates.removeIf(capability -> isKeptOut(capability.getRevision()));
            }
        } catch (RuntimeException | Error e) {
            candidates.clear(); // the framework would go on with them
            throw e;
        }
    }

    private boolean isKeptOut(BundleRevision revision) {
        return revision.getWiring() == null && !accepts(revision);
    }

    private boolean accepts(BundleRevision revision) {
        Bundle bundle = revision.getBundle();
        if (revision != bundle.adapt(BundleRevision.class)) {
            refused.put(revision, "was updated meanwhile.");
            return false; // there is newer content already, and this cannot be looked at any more
        }
        if (installation.has(bundle)) {
            return true;
        }
        String why;
        try {
            look(bundle).accept(installation.version(bundle.getSymbolicName()));
            why = null;
        } catch (RefusedException e) {
            why = offers(bundle) ? null : e.getMessage();
        } catch (IOException e) {
            why = "cannot be checked: " + e.getMessage() + ".";
        }
        // one of the installation's keeps its location when it is updated with a copy of something
        if (why == null
                && Locations.isReference(bundle.getLocation())
                && installation.file(bundle).isEmpty()) {
            why =
                    "is used where it lies, where it can be changed after it was looked at. Install it"
                            + " by its URL without reference:.";
        }
        if (why == null) {
            refused.remove(revision);
        } else {
            refused.put(revision, why);
        }
        return why == null;
    }

    private boolean offers(Bundle bundle) {
        try (Contents contents = Contents.of(bundle)) {
            return installation.offers(contents);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Looks at a file that is to be installed, or a bundle to be updated with it, before anything
     * is touched.
     *
     * @throws RefusedException it would be refused
     */
    void check(Path file, BundleHeaders headers) throws RefusedException, IOException {
        if (keys.required()) {
            try (Contents contents = Contents.of(file)) {
                CheckedBundle bundle = keys.look(contents, headers.name(), headers.version());
                try {
                    bundle.accept(installation.version(headers.name()));
                } catch (RefusedException e) {
                    if (!installation.offers(contents)) {
                        throw e;
                    }
                }
            }
        }
    }

    /** Looks at a bundle, once for each content it has. */
    CheckedBundle look(Bundle bundle) throws IOException {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        CheckedBundle known = looked.get(revision);
        if (known == null) {
            try (Contents contents = Contents.of(bundle)) {
                known = keys.look(contents, bundle.getSymbolicName(), bundle.getVersion());
            }
            looked.put(revision, known);
        }
        return known;
    }

    /** Who signed a bundle, when it was looked at. */
    Optional<String> signer(Bundle bundle) {
        return Optional.ofNullable(looked.get(bundle.adapt(BundleRevision.class)))
                .map(CheckedBundle::signer);
    }

    /** Why a bundle was refused, while it is. */
    Optional<String> refusal(Bundle bundle) {
        return bundle.getState() == Bundle.INSTALLED && keys.required()
                ? Optional.ofNullable(refused.get(bundle.adapt(BundleRevision.class)))
                : Optional.empty();
    }

    @Override
    public void filterSingletonCollisions(
            BundleCapability singleton, Collection<BundleCapability> collisions) {
        // as the framework sees it
    }

    @Override
    public void end() {
        // nothing is kept for one attempt
    }
}
