// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.Person;
import io.facegate.command.internal.session.Session;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Says what an empty gallery means, before every face is called unknown. */
final class GalleryNotice {
    private GalleryNotice() {}

    /** Names the model that some people were not encoded with, since they are unknown to it. */
    private static void missing(Gallery gallery, Session session) {
        Optional<ModelKey> model =
                session.parts().find(FaceEncoder.class).map(encoder -> encoder.model().key());
        if (model.isEmpty()) {
            return;
        }
        Set<UUID> encoded =
                gallery.section(model.get()).stream()
                        .flatMap(section -> section.people().stream())
                        .map(Person::id)
                        .collect(Collectors.toSet());
        long missing =
                gallery.people().stream()
                        .filter(p -> p.encodings() > 0 && !encoded.contains(p.id()))
                        .count();
        if (missing > 0) {
            session.say(
                    "%d of %d people are not encoded with %s and are unknown to it; %s encodes"
                                    .formatted(
                                            missing,
                                            gallery.people().size(),
                                            model.get().id(),
                                            "'facegate model use " + model.get().id() + "'")
                            + " those whose faces are kept.");
        }
    }

    /** Returns whether to go on: not when it is empty because its file cannot be used. */
    static boolean isUsable(EncodingStore store, Session session) {
        if (!store.gallery().people().isEmpty()) {
            missing(store.gallery(), session);
            return true;
        }
        Optional<String> failure = session.parts().failure("store");
        session.say(
                failure.map(why -> "The gallery cannot be used: " + why)
                        .orElse(
                                "The gallery is empty, so every face is unknown; see 'facegate"
                                        + " encode'."));
        return failure.isEmpty();
    }
}
