// SPDX-License-Identifier: Apache-2.0
package io.facegate.sightings.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.EncoderTraits;
import io.facegate.testing.SharedData;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * The default tolerance on 107 faces of 51 people in the reference pictures, each face a track of
 * its own, in 60 orders: nobody is taken for another, and few people become several.
 */
class TellingRealFacesTest {
    private record Face(String person, FaceDescriptor descriptor) {}

    /** Five people with ten or eleven faces each, and those on group pictures with one each. */
    private static List<Face> faces() {
        List<Face> faces = new ArrayList<>();
        SharedData.johns().forEach((name, all) -> all.forEach(d -> faces.add(new Face(name, d))));
        for (JsonObject photo :
                SharedData.list(SharedData.golden("golden_dlib.json").get("photos"))) {
            String file = photo.get("file").getAsString();
            // one man, put together many times with other beards
            if (file.startsWith("faces/") && !file.contains("bald_guys") && photo.has("hog_up1")) {
                int number = 0;
                for (JsonObject face :
                        SharedData.list(photo.getAsJsonObject("hog_up1").get("faces"))) {
                    faces.add(new Face(file + number++, SharedData.descriptor(face)));
                }
            }
        }
        return faces;
    }

    @Test
    void peopleAreNotMixedAndSeldomSplit() {
        List<Face> faces = faces();
        Set<String> people = new HashSet<>();
        faces.forEach(face -> people.add(face.person()));
        int groupsOfAll = 0;
        for (int order = 0; order < 60; order++) {
            Collections.shuffle(faces, new Random(order));
            Map<UUID, Set<String>> groups = tell(faces);
            assertThat(groups.values())
                    .as("people taken for one, order %d", order)
                    .allMatch(who -> who.size() == 1);
            groupsOfAll += groups.size();
        }
        assertThat(groupsOfAll / 60.0).isBetween((double) people.size(), 1.1 * people.size());
    }

    private static Map<UUID, Set<String>> tell(List<Face> faces) {
        GroupTable table = new GroupTable(Settings.DEFAULT);
        Teller teller = new Teller(Settings.DEFAULT, table, () -> EncoderTraits.DLIB);
        teller.ready();
        Map<UUID, Set<String>> groups = new HashMap<>();
        int track = 0;
        for (Face face : faces) {
            UUID id =
                    teller.tell(
                                    Faces.face("t" + track++, Faces.START, face.descriptor()),
                                    100,
                                    () -> true)
                            .orElseThrow()
                            .id();
            groups.computeIfAbsent(id, i -> new HashSet<>()).add(face.person());
        }
        return groups;
    }
}
