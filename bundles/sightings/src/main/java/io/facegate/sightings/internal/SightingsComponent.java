// SPDX-License-Identifier: Apache-2.0
package io.facegate.sightings.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.erasure.PersonDataHolder;
import io.facegate.api.load.LoadGuard;
import io.facegate.api.model.EncoderTraits;
import io.facegate.api.quality.FaceQualityMeter;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognitionListener;
import io.facegate.api.sighting.LastSeen;
import io.facegate.api.sighting.SightingStore;
import io.facegate.api.sighting.Sightings;
import io.facegate.api.sighting.Stranger;
import io.facegate.api.sighting.UnknownFace;
import io.facegate.api.sighting.UnknownPeople;
import io.facegate.api.sighting.UnknownPerson;
import io.facegate.api.sighting.UnknownSighting;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Who was seen, as services. */
@Component(immediate = true, configurationPid = SightingsConfig.PID)
@Designate(ocd = SightingsConfig.class)
public final class SightingsComponent
        implements UnknownPeople,
                Sightings,
                RecognitionListener,
                PersonDataHolder,
                ConditionSource {
    private static final Logger log = LoggerFactory.getLogger(SightingsComponent.class);

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile SightingStore sightingStore;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile EncodingStore encodingStore;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile FaceQualityMeter meter;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile LoadGuard guard;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile FaceEncoder encoder;

    private final Teller teller;
    private final GroupTable groups;
    private final KnownPeople known;
    private final FaceGate gate;
    private final Keeper keeper;
    private final KeeperThread thread;

    @Activate
    public SightingsComponent(SightingsConfig config) {
        Settings settings = Settings.of(config);
        settings.complaints()
                .forEach(c -> log.warn("configuration {}: {}", SightingsConfig.PID, c));
        groups = new GroupTable(settings);
        teller = new Teller(settings, groups, this::traits);
        known = new KnownPeople(() -> traits().tolerance());
        gate = new FaceGate(settings, () -> Optional.ofNullable(meter));
        keeper =
                new Keeper(
                        teller,
                        groups,
                        known,
                        settings,
                        new Keeper.Surroundings(
                                () -> Optional.ofNullable(sightingStore),
                                this::revision,
                                InstantSource.system()));
        thread = new KeeperThread(keeper);
        log.info("sightings: {}", settings);
    }

    @Deactivate
    void deactivate() {
        thread.close();
    }

    /** Of the encoder in use; of dlib's while there is none. */
    private EncoderTraits traits() {
        FaceEncoder now = encoder;
        return now == null ? EncoderTraits.DLIB : now.model().encoder();
    }

    private long revision() {
        EncodingStore store = encodingStore;
        return store == null ? -1 : store.gallery().revision();
    }

    @Override
    public Optional<Stranger> tell(UnknownSighting sighting) {
        return teller.tell(
                sighting, FaceGate.size(sighting), () -> !sparesDisk() && gate.good(sighting));
    }

    /** Whether no more faces are to be kept for now. */
    private boolean sparesDisk() {
        LoadGuard asked = guard;
        return asked != null && asked.limit().sparesDisk();
    }

    @Override
    public Optional<Stranger> find(UUID unknown) {
        return groups.find(unknown);
    }

    @Override
    public void retract(String track) {
        teller.retract(track);
    }

    @Override
    public List<UnknownPerson> people() {
        return groups.people();
    }

    @Override
    public List<UnknownFace> faces(UUID unknown) {
        return groups.faces(unknown);
    }

    @Override
    public Optional<FaceChip> chip(long face) throws StoreException {
        return keeper.chip(face);
    }

    @Override
    public Person name(Collection<UUID> unknown, String name) throws StoreException {
        return keeper.name(unknown, name);
    }

    @Override
    public void setIgnored(UUID unknown, boolean ignored) throws StoreException {
        keeper.setIgnored(unknown, ignored);
    }

    @Override
    public int forget(Collection<UUID> unknown) throws StoreException {
        return keeper.forget(unknown);
    }

    @Override
    public Map<UUID, LastSeen> lastSeen() {
        return known.people();
    }

    @Override
    public void onEvent(RecognitionEvent event) {
        known.event(event);
        groups.event(event);
    }

    @Override
    public void onResult(FrameResult result) {
        known.result(result);
    }

    @Override
    public String place() {
        return "sightings";
    }

    @Override
    public List<ErasedPart> eraseLike(Person person, List<FaceDescriptor> descriptors)
            throws StoreException {
        return List.of(new ErasedPart("unknown crops", keeper.forgetLike(descriptors), ""));
    }

    @Override
    public List<ErasedPart> erase(Person person) {
        return List.of(new ErasedPart("last sightings", known.forget(person.id()) ? 1 : 0, ""));
    }

    @Override
    public List<Condition> conditions() {
        return List.of(keeper.condition());
    }
}
