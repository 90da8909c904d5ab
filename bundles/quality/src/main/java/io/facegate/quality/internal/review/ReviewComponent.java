// SPDX-License-Identifier: Apache-2.0
package io.facegate.quality.internal.review;

import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.encoder.LandmarkDetector;
import io.facegate.api.model.EncoderTraits;
import io.facegate.api.model.ModelKey;
import io.facegate.api.quality.CalibrationReport;
import io.facegate.api.quality.GalleryReview;
import io.facegate.api.quality.PersonAdvice;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.quality.internal.Gates;
import io.facegate.quality.internal.QualityComponent;
import io.facegate.quality.internal.QualityConfig;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/** The review of the gallery as a service. */
@Component(service = GalleryReview.class, configurationPid = QualityComponent.PID)
public final class ReviewComponent implements GalleryReview {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile EncodingStore store;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile FaceEncoder encoder;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile LandmarkDetector landmarks;

    private final Gates gates;

    @Activate
    public ReviewComponent(QualityConfig config) {
        gates = Gates.of(config);
    }

    /** For tests. */
    ReviewComponent(EncodingStore store, FaceEncoder encoder, LandmarkDetector landmarks) {
        this.store = store;
        this.encoder = encoder;
        this.landmarks = landmarks;
        gates = Gates.DEFAULT;
    }

    @Override
    public List<PersonAdvice> advise(
            Set<UUID> people, double tolerance, DoubleConsumer progress, BooleanSupplier stopped)
            throws StoreException {
        EncodingStore kept = store();
        Gallery gallery = kept.gallery();
        Rows rows = new Rows(section(gallery));
        List<Person> asked =
                gallery.people().stream()
                        .filter(p -> people.isEmpty() || people.contains(p.id()))
                        .toList();
        ChipLooks looks = new ChipLooks(kept, Optional.ofNullable(landmarks), gates);
        return new Advisor(rows, new Sources(kept, rows), looks, tolerance, traits())
                .advise(asked, Rows.MOST_DISTANCES, progress, stopped);
    }

    @Override
    public CalibrationReport calibrate(
            double tolerance, DoubleConsumer progress, BooleanSupplier stopped)
            throws StoreException {
        EncodingStore kept = store();
        Rows rows = new Rows(section(kept.gallery()));
        return new Calibration(rows, tolerance, traits())
                .run(new Sources(kept, rows), Rows.MOST_DISTANCES, progress, stopped);
    }

    @Override
    public String plot(CalibrationReport report) {
        return new CalibrationPlot(report).svg();
    }

    private EncoderTraits traits() {
        FaceEncoder now = encoder;
        return now == null ? EncoderTraits.DLIB : now.model().encoder();
    }

    private EncodingStore store() throws StoreException {
        EncodingStore now = store;
        if (now == null) {
            throw new StoreException("the gallery's store is not there: start its bundle");
        }
        return now;
    }

    private GallerySection section(Gallery gallery) {
        FaceEncoder now = encoder;
        Optional<ModelKey> inUse = Optional.ofNullable(now).map(e -> e.model().key());
        if (inUse.isPresent()) {
            return gallery.section(inUse.get()).orElseGet(() -> empty(inUse.get()));
        }
        return gallery.sections().values().stream()
                .max(Comparator.comparingInt(GallerySection::size))
                .orElseGet(() -> empty(new ModelKey("none", "")));
    }

    private static GallerySection empty(ModelKey model) {
        return new GallerySection(model, 1, List.of(), new int[0], new float[0]);
    }
}
