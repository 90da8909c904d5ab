// SPDX-License-Identifier: Apache-2.0
package io.facegate.matcher.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.matcher.FaceMatcher;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.status.StaleServiceException;
import io.facegate.api.store.GallerySection;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Matching as a service: pruned where the native library is there, else one by one. */
@Component(
        service = {FaceMatcher.class, ConditionSource.class},
        immediate = true)
public final class MatcherComponent implements FaceMatcher, ConditionSource {
    private static final String PART = "matcher";
    private static final Logger LOG = LoggerFactory.getLogger(MatcherComponent.class);

    private volatile Optional<PrunedScan> pruned;
    private volatile Condition condition;
    private volatile boolean closed;

    /** Loads the library. */
    @Activate
    public MatcherComponent() {
        try {
            Kernel kernel = Kernel.all().get(0);
            pruned = Optional.of(new PrunedScan(kernel));
            condition =
                    new Condition(PART, Condition.Level.OK, "compares by " + kernel.instructions());
            LOG.info("matcher starts: {}", kernel.instructions());
        } catch (LinkageError e) {
            degrade(
                    "its native library cannot be loaded ("
                            + e.getMessage()
                            + "); install the archive made for this machine");
        }
    }

    private void degrade(String why) {
        pruned = Optional.empty();
        String message = "compares one by one, many times slower: " + why;
        condition = new Condition(PART, Condition.Level.DEGRADED, message);
        LOG.warn("matcher {}", message);
    }

    /** Later calls are refused; those that run come to their end. */
    @Deactivate
    public void deactivate() {
        closed = true;
        pruned.ifPresent(PrunedScan::close);
    }

    @Override
    public Match match(
            FaceDescriptor face,
            GallerySection section,
            Strategy strategy,
            double tolerance,
            int k) {
        if (closed) {
            throw new StaleServiceException("the matcher was stopped: look the service up anew");
        }
        if (!section.model().equals(face.model()) || section.dimension() != face.dimension()) {
            throw new IllegalArgumentException("face and gallery are of different models");
        }
        if (section.size() == 0) {
            return Match.NONE;
        }
        float[] values = face.toArray();
        if (!section.counterExamples().isEmpty()) {
            BitSet refuted = Refuted.of(face, section, tolerance);
            if (!refuted.isEmpty()) {
                // Seldom, so the plain loop will do: a face is only not somebody it is near to.
                return PlainScan.match(values, section, strategy, tolerance, k, refuted);
            }
        }
        Optional<PrunedScan> scan = pruned.filter(s -> PrunedScan.suits(section));
        if (scan.isPresent()) {
            try {
                return scan.get().match(values, section, strategy, tolerance, k);
            } catch (OutOfMemoryError e) {
                // Of direct buffers most likely; the plain loop takes none.
                degrade("no memory for copies of the encodings; give the gateway more (-Xmx)");
            }
        }
        return PlainScan.match(values, section, strategy, tolerance, k);
    }

    @Override
    public List<Condition> conditions() {
        return List.of(condition);
    }
}
