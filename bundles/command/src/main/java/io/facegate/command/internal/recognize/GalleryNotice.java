// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import io.facegate.api.store.EncodingStore;
import io.facegate.command.internal.session.Session;

import java.util.Optional;

/** Says what an empty gallery means, before every face is called unknown. */
final class GalleryNotice {
    private GalleryNotice() {}

    /** Returns whether to go on: not when it is empty because its file cannot be used. */
    static boolean isUsable(EncodingStore store, Session session) {
        if (!store.gallery().people().isEmpty()) {
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
