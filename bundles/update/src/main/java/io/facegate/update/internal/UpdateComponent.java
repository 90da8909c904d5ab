// SPDX-License-Identifier: Apache-2.0
package io.facegate.update.internal;

import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.matcher.FaceMatcher;
import io.facegate.api.model.CandidateEncoder;
import io.facegate.api.model.ModelChoice;
import io.facegate.api.model.ModelData;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.model.ModelUpdates;
import io.facegate.api.model.UpdateStatus;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.recognition.RecognitionListener;
import io.facegate.api.recognition.Tolerances;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.store.ClearedEncodings;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Reencoding;
import io.facegate.api.store.StoreException;
import io.facegate.guard.machine.KernelFiles;

import org.osgi.framework.BundleContext;
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

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Updates of the encoder as a service; in a process of a command only when one is asked for. */
@Component(
        service = {ModelUpdates.class, RecognitionListener.class, ConditionSource.class},
        immediate = true,
        configurationPid = UpdateConfig.PID)
@Designate(ocd = UpdateConfig.class)
public final class UpdateComponent
        implements ModelUpdates, RecognitionListener, ConditionSource, Parts {
    private static final Logger LOG = LoggerFactory.getLogger(UpdateComponent.class);

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile FaceEncoder encoder;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile EncodingStore store;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Reencoding reencoding;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile FaceMatcher matcher;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Tolerances tolerances;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Pipelines pipelines;

    private final List<CandidateEncoder> candidates = new CopyOnWriteArrayList<>();
    private final List<ModelData> models = new CopyOnWriteArrayList<>();
    private final MemoryRoom memory = new MemoryRoom(KernelFiles.OF_THIS_MACHINE);
    private final ModelChoice choice;
    private final ModelRegistry registry;
    private final LiveFaces live = new LiveFaces();
    private final Settings settings;
    private final UpdateThread thread;
    private final AtomicBoolean started = new AtomicBoolean();

    @Activate
    public UpdateComponent(
            BundleContext context,
            UpdateConfig config,
            @Reference ModelChoice choice,
            @Reference ModelRegistry registry) {
        this.choice = choice;
        this.registry = registry;
        settings = Settings.of(config);
        settings.complaints().forEach(c -> LOG.warn("configuration {}: {}", UpdateConfig.PID, c));
        thread = new UpdateThread(this, live, settings);
        if (!"command".equals(context.getProperty("facegate.mode"))) {
            start();
        }
    }

    private void start() {
        if (started.compareAndSet(false, true)) {
            thread.start();
        }
    }

    @Deactivate
    void deactivate() {
        thread.close();
        choice.tryOut(Optional.empty());
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addCandidate(CandidateEncoder candidate) {
        candidates.add(candidate);
        wake();
    }

    void removeCandidate(CandidateEncoder candidate) {
        candidates.remove(candidate);
        wake();
    }

    /** Models that come or go, or get another role. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addModel(ModelData model) {
        models.add(model);
        wake();
    }

    void updatedModel(ModelData model) {
        wake();
    }

    void removeModel(ModelData model) {
        models.remove(model);
        wake();
    }

    /** Some references are bound before there is a thread. */
    private void wake() {
        UpdateThread now = thread;
        if (now != null) {
            now.wake();
        }
    }

    @Override
    public UpdateStatus status() {
        return thread.status();
    }

    @Override
    public void activate(ModelKey model) {
        if (choice.served().equals(Optional.of(model))) {
            thread.wake();
            start();
            return;
        }
        Optional<String> obstacle = new Offers(registry, choice).obstacle(model);
        if (obstacle.isPresent()) {
            throw new IllegalArgumentException(model.id() + ": " + obstacle.get());
        }
        thread.ask(Optional.of(model));
        start();
    }

    @Override
    public Optional<ModelKey> rollBack() throws IOException {
        return thread.rollBack();
    }

    @Override
    public ClearedEncodings clear(ModelKey model, boolean force)
            throws StoreException, IOException {
        return thread.clear(model, force);
    }

    @Override
    public List<Condition> conditions() {
        return UpdateConditions.of(thread.status(), choice, settings.complaints());
    }

    @Override
    public void onResult(FrameResult result) {
        live.add(result);
    }

    @Override
    public ModelChoice choice() {
        return choice;
    }

    @Override
    public ModelRegistry registry() {
        return registry;
    }

    @Override
    public long fileBytes(ModelInfo model) {
        return models.stream()
                .filter(data -> data.info().equals(model))
                .mapToLong(ModelData::size)
                .findFirst()
                .orElse(0);
    }

    @Override
    public MemoryRoom memory() {
        return memory;
    }

    @Override
    public Optional<FaceEncoder> encoder() {
        return Optional.ofNullable(encoder);
    }

    @Override
    public List<CandidateEncoder> candidates() {
        return candidates;
    }

    @Override
    public Optional<EncodingStore> store() {
        return Optional.ofNullable(store);
    }

    @Override
    public Optional<Reencoding> reencoding() {
        return Optional.ofNullable(reencoding);
    }

    @Override
    public Optional<FaceMatcher> matcher() {
        return Optional.ofNullable(matcher);
    }

    @Override
    public boolean framesInWork() {
        Pipelines now = pipelines;
        return now != null
                && now.status().stream()
                        .map(PipelineStatus::counters)
                        .anyMatch(frames -> frames.inProgress() + frames.waiting() > 0);
    }

    @Override
    public Tolerances tolerances() {
        Tolerances configured = tolerances;
        return configured == null ? Tolerances.OWN : configured;
    }
}
