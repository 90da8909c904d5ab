// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.guided;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.api.quality.FaceQuality;
import io.facegate.api.recognition.EnrolmentWarning;
import io.facegate.api.store.Person;
import io.facegate.command.internal.session.Json;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What became of a person's poses, for programs. */
final class PosesJson {
    private PosesJson() {}

    static String of(
            String name,
            Optional<Person> person,
            String camera,
            List<TakenPose> taken,
            Collection<Pose> before,
            Collection<Pose> missing) {
        JsonObject root = new JsonObject();
        root.addProperty("id", person.map(known -> known.id().toString()).orElse(null));
        root.addProperty("name", person.map(Person::name).orElse(name));
        root.addProperty("camera", camera);
        JsonArray all = new JsonArray();
        taken.forEach(pose -> all.add(pose(pose)));
        root.add("taken", all);
        root.add("taken_before", words(before));
        root.add("missing", words(missing));
        root.addProperty("complete", missing.stream().noneMatch(Pose::required));
        return Json.text(root);
    }

    private static JsonObject pose(TakenPose taken) {
        FaceQuality quality = taken.quality();
        JsonObject json = new JsonObject();
        json.addProperty("pose", taken.pose().word());
        json.addProperty("source", taken.source());
        json.addProperty("size", quality.size());
        json.addProperty("sharpness", tenths(quality.sharpness()));
        json.addProperty("yaw", tenths(quality.yaw()));
        json.addProperty("pitch", tenths(quality.pitch()));
        JsonArray warnings = new JsonArray();
        for (EnrolmentWarning warning : taken.warnings()) {
            JsonObject one = new JsonObject();
            one.addProperty("kind", warning.kind().name().toLowerCase(Locale.ROOT));
            one.addProperty("message", warning.message());
            warnings.add(one);
        }
        json.add("warnings", warnings);
        return json;
    }

    private static JsonArray words(Collection<Pose> poses) {
        JsonArray words = new JsonArray();
        poses.forEach(pose -> words.add(pose.word()));
        return words;
    }

    private static double tenths(double value) {
        return Math.round(10 * value) / 10.0;
    }
}
