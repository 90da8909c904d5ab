// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import io.facegate.api.camera.Camera;
import io.facegate.api.camera.CameraStatus;
import io.facegate.api.frame.Box;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelState;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.RecentRecognition;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.api.status.Condition;
import io.facegate.api.status.StaleServiceException;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.Person;
import io.facegate.metrics.engine.Engine;
import io.facegate.metrics.process.ProcessFigures;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the page shows, as maps and lists for {@link Json}. */
final class PageData {
    /** Most people sent to the page; it says how many there are. */
    static final int PEOPLE = 2000;

    private final Recent recent;

    PageData(Recent recent) {
        this.recent = recent;
    }

    /**
     * Everything as it is now.
     *
     * @param peopleRevision revision of the gallery the page has; the people are left out when it
     *     is still the current one
     */
    Map<String, Object> of(Parts parts, long peopleRevision) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("conditions", conditions(parts));
        data.put("cameras", cameras(parts));
        data.put("pipelines", pipelines(parts));
        data.put("models", models(parts));
        data.put("engines", parts.engines().stream().map(PageData::engine).toList());
        data.put("process", process(ProcessFigures.read()));
        Gallery gallery =
                parts.store()
                        .map(store -> orElse(store::gallery, Gallery.EMPTY))
                        .orElse(Gallery.EMPTY);
        data.put("events", events(parts, gallery));
        data.put("peopleRevision", gallery.revision());
        data.put("peopleCount", gallery.people().size());
        if (gallery.revision() != peopleRevision) {
            data.put("people", people(gallery));
        }
        return data;
    }

    private static List<?> people(Gallery gallery) {
        return gallery.people().stream()
                .limit(PEOPLE)
                .map(person -> person(person, gallery.counterExamples(person.id())))
                .toList();
    }

    /** Of somebody who is in the gallery no longer they do not tell the name. */
    private List<?> events(Parts parts, Gallery gallery) {
        Set<UUID> known = gallery.people().stream().map(Person::id).collect(Collectors.toSet());
        Set<List<Object>> correctable =
                parts
                        .corrections()
                        .map(c -> orElse(c::recent, List.<RecentRecognition>of()))
                        .orElse(List.of())
                        .stream()
                        .map(r -> List.<Object>of(r.eventId(), r.personId()))
                        .collect(Collectors.toSet());
        return recent.events().stream()
                .map(
                        event ->
                                parts.store().isEmpty()
                                                || known.containsAll(
                                                        event.match().personId().stream().toList())
                                        ? event
                                        : event.withMatch(Match.NONE))
                .map(
                        event ->
                                event(
                                        event,
                                        event.match()
                                                .personId()
                                                .filter(
                                                        p ->
                                                                correctable.contains(
                                                                        List.of(event.id(), p)))))
                .toList();
    }

    private static List<?> conditions(Parts parts) {
        return Conditions.of(parts.conditions()).stream().map(PageData::condition).toList();
    }

    private static Map<String, Object> condition(Condition condition) {
        return map(
                "part", condition.part(),
                "level", lower(condition.level()),
                "message", condition.message());
    }

    private List<?> cameras(Parts parts) {
        Map<String, Map<String, Object>> byId = new LinkedHashMap<>();
        for (Camera camera : parts.cameras()) {
            orElse(() -> byId.put(camera.id(), camera(camera)), null);
        }
        // A pipeline may have results of a camera whose bundle is being swapped.
        for (String id : recent.cameras()) {
            byId.computeIfAbsent(id, gone -> map("id", gone, "state", "gone", "message", ""));
        }
        List<Map<String, Object>> all = new ArrayList<>();
        for (String id : new TreeSet<>(byId.keySet())) {
            Map<String, Object> camera = byId.get(id);
            camera.put("faces", recent.result(id).map(PageData::faces).orElse(List.of()));
            camera.put("picture", recent.result(id).isPresent());
            all.add(camera);
        }
        return all;
    }

    private static Map<String, Object> camera(Camera camera) {
        CameraStatus status = camera.status();
        return map(
                "id", camera.id(),
                "location", camera.location(),
                "state", lower(status.state()),
                "message", status.message(),
                "width", status.width(),
                "height", status.height(),
                "framesPerSecond", rounded(status.framesPerSecond()),
                "frames", status.frames());
    }

    private static List<String> faces(FrameResult result) {
        return result.faces().stream().map(PageData::face).toList();
    }

    /** Who it is; of a face that does not count, while nobody is named, why. */
    private static String face(RecognizedFace face) {
        return face.match()
                .name()
                .orElseGet(
                        () ->
                                face.problem()
                                        .filter(p -> face.match().equals(Match.NONE))
                                        .map(PageData::lower)
                                        .orElse("unknown"));
    }

    private static List<?> pipelines(Parts parts) {
        return parts
                .pipelines()
                .map(pipelines -> orElse(pipelines::status, List.<PipelineStatus>of()))
                .orElse(List.of())
                .stream()
                .map(PipelineData::of)
                .toList();
    }

    /**
     * @param correctable who the face can be said not to be
     */
    private static Map<String, Object> event(RecognitionEvent event, Optional<UUID> correctable) {
        Box box = event.box();
        return map(
                "type", lower(event.type()),
                "id", event.id(),
                "sequence", event.sequence(),
                "camera", event.camera(),
                "timestamp", event.timestamp().toString(),
                "name", event.match().name().orElse(null),
                "correctable", correctable.map(UUID::toString).orElse(null),
                "unknownId", event.unknownId().map(UUID::toString).orElse(null),
                "distance",
                        event.match().distance().isPresent()
                                ? event.match().distance().getAsDouble()
                                : null,
                "score", event.score(),
                "box", List.of(box.left(), box.top(), box.right(), box.bottom()),
                "totalMillis", rounded(event.times().total()));
    }

    private static List<?> models(Parts parts) {
        return parts
                .models()
                .map(models -> orElse(models::models, List.<ModelState>of()))
                .orElse(List.of())
                .stream()
                .map(PageData::model)
                .toList();
    }

    private static Map<String, Object> model(ModelState state) {
        ModelInfo info = state.info();
        return map(
                "id", info.id(),
                "kind", lower(info.kind()),
                "format", info.format(),
                "version", info.version(),
                "sha256", info.sha256(),
                "state", lower(state.state()),
                "message", state.message());
    }

    private static Map<String, Object> engine(Engine engine) {
        return map(
                "stage", engine.stage(),
                "method", engine.method(),
                "engine", engine.engine(),
                "model", engine.model(),
                "version", engine.version(),
                "inUse", engine.inUse());
    }

    private static Map<String, Object> process(ProcessFigures process) {
        return map(
                "residentBytes", orNull(process.residentBytes()),
                "heapUsedBytes", process.heapUsedBytes(),
                "heapMaxBytes", process.heapMaxBytes(),
                "threads", orNull(process.threads()),
                "cpuMillis", process.cpuTime().map(Duration::toMillis).orElse(null),
                "startedAt", process.startedAt().map(Instant::toString).orElse(null));
    }

    private static Long orNull(OptionalLong value) {
        return value.isPresent() ? Long.valueOf(value.getAsLong()) : null;
    }

    private static Map<String, Object> person(Person person, long rejected) {
        return map(
                "id", person.id().toString(),
                "name", person.name(),
                "encodings", person.encodings(),
                "rejected", rejected,
                "createdAt", person.createdAt().toString());
    }

    private static <T> T orElse(Supplier<T> call, T otherwise) {
        try {
            return call.get();
        } catch (StaleServiceException e) {
            return otherwise;
        }
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }

    static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
