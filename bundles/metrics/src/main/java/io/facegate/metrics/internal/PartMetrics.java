// SPDX-License-Identifier: Apache-2.0
package io.facegate.metrics.internal;

import io.facegate.api.camera.Camera;
import io.facegate.api.camera.CameraState;
import io.facegate.api.camera.CameraStatus;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelState;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.GallerySection;
import io.facegate.metrics.engine.Engine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The other parts of the gateway. One that fails, as it is being swapped, is left out. */
final class PartMetrics {
    private static final Logger log = LoggerFactory.getLogger(PartMetrics.class);

    private PartMetrics() {}

    static void write(Exposition out, Parts parts) {
        attempt(() -> parts.pipelines().ifPresent(p -> PipelineMetrics.write(out, p.status())));
        cameras(out, parts.cameras());
        attempt(() -> parts.store().ifPresent(store -> gallery(out, store.gallery())));
        attempt(() -> parts.models().ifPresent(models -> models(out, models.models())));
        engines(out, parts.engines());
        conditions(out, parts.conditions());
        attempt(
                () ->
                        parts.outbox()
                                .ifPresent(outbox -> outbox(out, outbox.size(), outbox.dropped())));
    }

    private static void cameras(Exposition out, List<Camera> cameras) {
        Map<String, CameraStatus> all = new TreeMap<>();
        cameras.forEach(camera -> attempt(() -> all.putIfAbsent(camera.id(), camera.status())));
        Exposition.Family online =
                out.gauge("facegate_camera_online", "Whether frames arrive (1) or not (0).");
        all.forEach((id, s) -> online.add(s.state() == CameraState.ONLINE ? 1 : 0, "camera", id));
        Exposition.Family frames =
                out.counter("facegate_camera_frames_total", "Frames the camera delivered.");
        all.forEach((id, s) -> frames.add(s.frames(), "camera", id));
        Exposition.Family rate =
                out.gauge(
                        "facegate_camera_frames_per_second",
                        "Frames the camera delivers per second, over the last seconds.");
        all.forEach((id, s) -> rate.add(s.framesPerSecond(), "camera", id));
    }

    private static void gallery(Exposition out, Gallery gallery) {
        out.gauge("facegate_people", "People in the gallery.").add(gallery.people().size());
        Exposition.Family encodings =
                out.gauge("facegate_encodings", "Encodings in the gallery, by model.");
        for (GallerySection section : gallery.sections().values()) {
            add(encodings, section, section.size());
        }
        Exposition.Family counterExamples =
                out.gauge(
                        "facegate_counter_examples",
                        "Faces known not to be the people they were taken for, by model.");
        for (GallerySection section : gallery.sections().values()) {
            add(counterExamples, section, section.counterExamples().size());
        }
    }

    private static void add(Exposition.Family family, GallerySection section, int value) {
        family.add(value, "model", section.model().id(), "weights", section.model().weights());
    }

    private static void models(Exposition out, List<ModelState> models) {
        Exposition.Family family =
                out.gauge(
                        "facegate_model_info", "Model bundles and what became of them; always 1.");
        for (ModelState model : models) {
            ModelInfo info = model.info();
            family.add(
                    1,
                    "model",
                    info.id(),
                    "version",
                    info.version(),
                    "kind",
                    lower(info.kind()),
                    "format",
                    info.format(),
                    "state",
                    lower(model.state()));
        }
    }

    private static void engines(Exposition out, List<Engine> engines) {
        Exposition.Family family =
                out.gauge(
                        "facegate_engine_in_use",
                        "Detectors and encoders: in use (1), or standing by (0).");
        for (Engine engine : engines) {
            family.add(
                    engine.inUse() ? 1 : 0,
                    "stage",
                    engine.stage(),
                    "method",
                    engine.method(),
                    "engine",
                    engine.engine(),
                    "model",
                    engine.model(),
                    "version",
                    engine.version());
        }
    }

    private static void conditions(Exposition out, List<ConditionSource> sources) {
        Exposition.Family family =
                out.gauge(
                        "facegate_condition_level",
                        "How well a part is: 0 works, 1 degraded, 2 failed until a person acts.");
        for (ConditionSource source : sources) {
            attempt(
                    () -> {
                        for (Condition condition : source.conditions()) {
                            family.add(level(condition.level()), "part", condition.part());
                        }
                    });
        }
    }

    private static int level(Condition.Level level) {
        return switch (level) {
            case OK -> 0;
            case DEGRADED -> 1;
            case FAILED -> 2;
        };
    }

    private static void outbox(Exposition out, long waiting, long dropped) {
        out.gauge("facegate_outbox_messages", "Messages waiting on disk for the MQTT broker.")
                .add(waiting);
        out.counter(
                        "facegate_outbox_dropped_total",
                        "Messages dropped because too many waited for the MQTT broker.")
                .add(dropped);
    }

    private static void attempt(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | LinkageError e) {
            log.debug("A part is left out of the metrics", e);
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
