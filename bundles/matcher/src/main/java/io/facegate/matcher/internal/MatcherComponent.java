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

import java.util.List;

/** Matching as a service. */
@Component(
        service = {FaceMatcher.class, ConditionSource.class},
        immediate = true)
public final class MatcherComponent implements FaceMatcher, ConditionSource {
    private volatile boolean closed;

    /** Ready at once. */
    @Activate
    public MatcherComponent() {}

    /** Later calls are refused; those that run come to their end. */
    @Deactivate
    public void deactivate() {
        closed = true;
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
        return section.size() == 0
                ? Match.NONE
                : PlainScan.match(face.toArray(), section, strategy, tolerance, k);
    }

    @Override
    public List<Condition> conditions() {
        return List.of(new Condition("matcher", Condition.Level.OK, "compares one by one"));
    }
}
