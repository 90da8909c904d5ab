// SPDX-License-Identifier: Apache-2.0
package io.facegate.update.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.frame.Frame;
import io.facegate.api.matcher.FaceMatcher;
import io.facegate.api.model.CandidateEncoder;
import io.facegate.api.model.ModelChoice;
import io.facegate.api.model.ModelChoice.Choice;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelKind;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.model.ModelState;
import io.facegate.api.recognition.Tolerances;
import io.facegate.api.store.ClearedEncodings;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.KeptEncodings;
import io.facegate.api.store.KeptFace;
import io.facegate.api.store.LaterEncoding;
import io.facegate.api.store.ModelCoverage;
import io.facegate.api.store.Person;
import io.facegate.api.store.Reencoding;
import io.facegate.api.store.StoreException;
import io.facegate.guard.machine.KernelFiles;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A gateway with models and a gallery in memory: a face is one value, which is the first byte of
 * its chip over 50; each model adds an offset of its own.
 */
final class FakeParts implements Parts, Reencoding {
    static final ModelInfo OLD = info("old", 'a');
    static final ModelInfo NEW = info("new", 'b');

    final List<Face> faces = new CopyOnWriteArrayList<>();
    final List<ModelState> models = new CopyOnWriteArrayList<>();

    /** Values an encoder gives instead of its own. */
    final Map<Integer, Float> spoilt = new ConcurrentHashMap<>();

    volatile Choice chosen = new Choice(Optional.of(OLD.key()), Optional.empty(), Set.of());
    volatile Optional<ModelKey> tried = Optional.empty();
    volatile long revision = 1;

    /** Batches that are still to be encoded before encoding stops making progress. */
    volatile int batches = Integer.MAX_VALUE;

    /** What an encoder throws instead of encoding; none when null. */
    volatile Error broken;

    /** Why the choice cannot be kept; it can when empty. */
    volatile String unwritable = "";

    /** What the kernel tells of memory; there is none, so nobody knows. */
    volatile KernelFiles kernel = new KernelFiles(Path.of("/nonexistent"));

    /** Called before faces that have no encoding of a model are looked for. */
    volatile Consumer<ModelKey> looking = model -> {};

    /** Whether frames are worked on. */
    volatile BooleanSupplier framesInWork = () -> false;

    /** Tolerances that are set, by model. */
    final Map<ModelKey, Double> set = new ConcurrentHashMap<>();

    /** A face of a person. */
    record Face(long id, String person, Optional<Integer> chip, Map<ModelKey, Float> values) {}

    static ModelInfo info(String id, char weights) {
        String sum = String.valueOf(weights).repeat(64);
        return new ModelInfo(id, ModelKind.ENCODER, "onnx", "1.0.0", sum, sum);
    }

    /** Installs a model. */
    void install(ModelInfo info, ModelState.State state, String message) {
        models.removeIf(m -> m.info().equals(info));
        models.add(new ModelState(info, state, message));
    }

    /** Adds a face that the old encoder knows. */
    void add(String person, int chip, boolean withChip) {
        Map<ModelKey, Float> values = new ConcurrentHashMap<>();
        values.put(chosen.inUse().orElseThrow(), chip / 50f);
        faces.add(
                new Face(
                        faces.size() + 1L,
                        person,
                        withChip ? Optional.of(chip) : Optional.empty(),
                        values));
        revision++;
    }

    private final class Encoder implements FaceEncoder, CandidateEncoder {
        private final ModelInfo info;

        Encoder(ModelInfo info) {
            this.info = info;
        }

        @Override
        public ModelInfo model() {
            return info;
        }

        @Override
        public List<FaceChip> align(Frame frame, List<Landmarks> landmarks) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<FaceDescriptor> encode(List<FaceChip> chips) {
            if (broken != null) {
                throw broken;
            }
            return chips.stream()
                    .map(
                            chip -> {
                                int own = chip.rgb()[0] & 0xff;
                                float value = spoilt.getOrDefault(own, own / 50f);
                                return new FaceDescriptor(info.key(), new float[] {value});
                            })
                    .toList();
        }

        @Override
        public FaceEncoder encoder() {
            return this;
        }
    }

    @Override
    public ModelChoice choice() {
        return choices;
    }

    @Override
    public ModelRegistry registry() {
        return () -> List.copyOf(models);
    }

    @Override
    public long fileBytes(ModelInfo model) {
        return 30_000_000;
    }

    @Override
    public MemoryRoom memory() {
        return new MemoryRoom(kernel);
    }

    @Override
    public boolean framesInWork() {
        return framesInWork.getAsBoolean();
    }

    @Override
    public Tolerances tolerances() {
        return model -> set.getOrDefault(model.key(), Tolerances.OWN.of(model));
    }

    @Override
    public Optional<FaceEncoder> encoder() {
        return choices.served().flatMap(this::installed).map(Encoder::new);
    }

    private Optional<ModelInfo> installed(ModelKey key) {
        return models.stream()
                .filter(m -> m.state() != ModelState.State.REFUSED)
                .map(ModelState::info)
                .filter(i -> i.key().equals(key))
                .findFirst();
    }

    @Override
    public List<CandidateEncoder> candidates() {
        return tried.flatMap(this::installed)
                .<List<CandidateEncoder>>map(i -> List.of(new Encoder(i)))
                .orElse(List.of());
    }

    @Override
    public Optional<EncodingStore> store() {
        EncodingStore store =
                (EncodingStore)
                        Proxy.newProxyInstance(
                                EncodingStore.class.getClassLoader(),
                                new Class<?>[] {EncodingStore.class},
                                (proxy, method, arguments) ->
                                        switch (method.getName()) {
                                            case "gallery" -> gallery();
                                            case "equals" -> arguments[0] != null;
                                            case "hashCode" -> 1;
                                            default -> throw new UnsupportedOperationException();
                                        });
        return Optional.of(store);
    }

    private Gallery gallery() {
        List<Person> people =
                faces.stream()
                        .map(Face::person)
                        .distinct()
                        .map(n -> new Person(id(n), n, Instant.EPOCH, 1))
                        .toList();
        Map<ModelKey, GallerySection> sections = new HashMap<>();
        for (ModelInfo model : List.of(OLD, NEW)) {
            List<Face> encoded =
                    faces.stream().filter(f -> f.values().containsKey(model.key())).toList();
            if (encoded.isEmpty()) {
                continue;
            }
            int[] owners = new int[encoded.size()];
            float[] vectors = new float[encoded.size()];
            for (int i = 0; i < owners.length; i++) {
                String name = encoded.get(i).person();
                owners[i] = people.stream().map(Person::name).toList().indexOf(name);
                vectors[i] = encoded.get(i).values().get(model.key());
            }
            sections.put(model.key(), new GallerySection(model.key(), 1, people, owners, vectors));
        }
        return new Gallery(revision, people, sections);
    }

    static UUID id(String name) {
        return new UUID(0, name.hashCode());
    }

    @Override
    public Optional<Reencoding> reencoding() {
        return Optional.of(this);
    }

    @Override
    public Optional<FaceMatcher> matcher() {
        return Optional.empty();
    }

    private final ModelChoice choices =
            new ModelChoice() {
                @Override
                public Choice choice() {
                    return chosen;
                }

                @Override
                public Optional<ModelKey> served() {
                    return chosen.inUse().filter(key -> installed(key).isPresent());
                }

                @Override
                public boolean settled() {
                    return true;
                }

                @Override
                public void use(ModelKey model) throws IOException {
                    if (!unwritable.isEmpty()) {
                        throw new IOException(unwritable);
                    }
                    chosen = new Choice(Optional.of(model), chosen.inUse(), Set.of());
                }

                @Override
                public Optional<ModelKey> goBack() {
                    if (chosen.previous().isEmpty()) {
                        return Optional.empty();
                    }
                    chosen =
                            new Choice(
                                    chosen.previous(),
                                    chosen.inUse(),
                                    Set.of(chosen.inUse().orElseThrow()));
                    return chosen.inUse();
                }

                @Override
                public void forget(ModelKey model) {
                    if (chosen.previous().equals(Optional.of(model))) {
                        chosen = new Choice(chosen.inUse(), Optional.empty(), Set.of(model));
                    }
                }

                @Override
                public void tryOut(Optional<ModelKey> model) {
                    tried = model;
                }
            };

    @Override
    public ModelCoverage coverage(ModelKey model) {
        List<Face> encoded = faces.stream().filter(f -> f.values().containsKey(model)).toList();
        return new ModelCoverage(
                gallery().people().size(),
                (int) encoded.stream().map(Face::person).distinct().count(),
                faces.size(),
                encoded.size(),
                0,
                0,
                faces.stream()
                        .filter(f -> f.chip().isEmpty() && !f.values().containsKey(model))
                        .map(Face::person)
                        .distinct()
                        .toList());
    }

    @Override
    public List<KeptFace> unencoded(ModelKey model, KeptFace.Owner owner, long after, int most) {
        looking.accept(model);
        if (owner != KeptFace.Owner.PERSON) {
            return List.of();
        }
        List<KeptFace> missing = new ArrayList<>();
        for (Face face : faces) {
            if (face.id() > after
                    && face.chip().isPresent()
                    && !face.values().containsKey(model)
                    && missing.size() < most) {
                byte value = face.chip().get().byteValue();
                FaceChip chip = new FaceChip(1, new byte[] {value, 0, 0});
                missing.add(new KeptFace(owner, face.id(), chip));
            }
        }
        return missing;
    }

    @Override
    public int add(List<LaterEncoding> encodings) throws StoreException {
        if (batches-- <= 0) {
            throw new StoreException("the disk is full");
        }
        for (LaterEncoding one : encodings) {
            faces.get((int) one.face() - 1)
                    .values()
                    .put(one.descriptor().model(), one.descriptor().toArray()[0]);
        }
        revision++;
        return encodings.size();
    }

    @Override
    public List<KeptEncodings> kept() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ClearedEncodings clear(ModelKey model) {
        int before = coverage(model).facesEncoded();
        faces.forEach(face -> face.values().remove(model));
        revision++;
        return new ClearedEncodings(before, 0, "");
    }
}
