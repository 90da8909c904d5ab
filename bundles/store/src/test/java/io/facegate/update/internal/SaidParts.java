// SPDX-License-Identifier: Apache-2.0
package io.facegate.update.internal;

import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.matcher.FaceMatcher;
import io.facegate.api.model.CandidateEncoder;
import io.facegate.api.model.ModelChoice;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.recognition.Tolerances;
import io.facegate.api.store.ClearedEncodings;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.KeptEncodings;
import io.facegate.api.store.KeptFace;
import io.facegate.api.store.LaterEncoding;
import io.facegate.api.store.ModelCoverage;
import io.facegate.api.store.Reencoding;
import io.facegate.api.store.StoreException;
import io.facegate.guard.machine.KernelFiles;
import io.facegate.model.internal.TwoModels;
import io.facegate.onnx.internal.SmallEncoders;
import io.facegate.store.internal.GatewayStore;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The parts of a gateway with two encoders. Says what is chosen and encoded: before it is begun and
 * after it is acknowledged.
 */
final class SaidParts implements Parts {
    private final GatewayStore store;
    private final FaceMatcher matcher;
    private final List<FaceEncoder> encoders;
    private final TwoModels models;
    private final Consumer<String> say;

    /** Faces that were acknowledged. */
    volatile int added;

    SaidParts(
            Path data,
            GatewayStore store,
            FaceMatcher matcher,
            List<FaceEncoder> encoders,
            Consumer<String> say,
            Runnable changed) {
        this.store = store;
        this.matcher = matcher;
        this.encoders = encoders;
        this.say = say;
        models = new TwoModels(data, List.of(SmallEncoders.FIRST, SmallEncoders.SECOND), changed);
    }

    @Override
    public ModelChoice choice() {
        return choice;
    }

    @Override
    public ModelRegistry registry() {
        return models;
    }

    @Override
    public long fileBytes(ModelInfo model) {
        return 0;
    }

    @Override
    public MemoryRoom memory() {
        return new MemoryRoom(KernelFiles.OF_THIS_MACHINE);
    }

    @Override
    public Optional<FaceEncoder> encoder() {
        return models.choice().served().map(this::encoder);
    }

    private FaceEncoder encoder(ModelKey key) {
        return encoders.stream().filter(e -> e.model().key().equals(key)).findFirst().orElseThrow();
    }

    @Override
    public List<CandidateEncoder> candidates() {
        return encoders.stream()
                .filter(encoder -> models.isCandidate(encoder.model().key()))
                .<CandidateEncoder>map(encoder -> () -> encoder)
                .toList();
    }

    @Override
    public Optional<EncodingStore> store() {
        return Optional.of(store);
    }

    @Override
    public Optional<Reencoding> reencoding() {
        return Optional.of(reencoding);
    }

    @Override
    public Optional<FaceMatcher> matcher() {
        return Optional.of(matcher);
    }

    private final ModelChoice choice =
            new ModelChoice() {
                @Override
                public Choice choice() {
                    return models.choice().choice();
                }

                @Override
                public Optional<ModelKey> served() {
                    return models.choice().served();
                }

                @Override
                public boolean settled() {
                    return models.choice().settled();
                }

                @Override
                public synchronized void use(ModelKey model) throws IOException {
                    say.accept("? use " + model.id());
                    models.choice().use(model);
                    say.accept("done use");
                }

                @Override
                public synchronized Optional<ModelKey> goBack() throws IOException {
                    say.accept("? back");
                    Optional<ModelKey> now = models.choice().goBack();
                    say.accept("done back");
                    return now;
                }

                @Override
                public synchronized void forget(ModelKey model) throws IOException {
                    say.accept("? forget " + model.id());
                    models.choice().forget(model);
                    say.accept("done forget");
                }

                @Override
                public void tryOut(Optional<ModelKey> model) {
                    models.choice().tryOut(model);
                }
            };

    private final Reencoding reencoding =
            new Reencoding() {
                @Override
                public ModelCoverage coverage(ModelKey model) throws StoreException {
                    return store.coverage(model);
                }

                @Override
                public List<KeptFace> unencoded(
                        ModelKey model, KeptFace.Owner owner, long after, int most)
                        throws StoreException {
                    int before = added;
                    List<KeptFace> faces = store.unencoded(model, owner, after, most);
                    if (faces.isEmpty() && owner == KeptFace.Owner.PERSON) {
                        say.accept("swept " + model.id() + " " + before);
                    }
                    return faces;
                }

                @Override
                public int add(List<LaterEncoding> encodings) throws StoreException {
                    int count = store.add(encodings);
                    if (!encodings.isEmpty()) {
                        LaterEncoding one = encodings.get(0);
                        say.accept(
                                "encoded %s %s %s"
                                        .formatted(
                                                one.descriptor().model().id(),
                                                one.owner(),
                                                encodings.stream()
                                                        .map(e -> "" + e.face())
                                                        .collect(Collectors.joining(","))));
                    }
                    return count;
                }

                @Override
                public List<KeptEncodings> kept() throws StoreException {
                    return store.kept();
                }

                @Override
                public ClearedEncodings clear(ModelKey model) throws StoreException {
                    return store.clear(model);
                }
            };

    @Override
    public boolean framesInWork() {
        return false;
    }

    @Override
    public Tolerances tolerances() {
        return Tolerances.OWN;
    }
}
