// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.exchange;

import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelKind;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.model.ModelState;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** An encoder's model as a user names it. */
final class ModelName {
    private ModelName() {}

    /**
     * @param name id of an installed model, or ID:WEIGHTS; null for none
     * @throws IOException no such model is installed
     */
    static Optional<ModelKey> find(Session session, String name)
            throws MissingPartException, IOException {
        if (name == null) {
            return Optional.empty();
        }
        if (name.matches("[^:]+:[0-9a-f]{64}")) {
            int colon = name.indexOf(':');
            return Optional.of(new ModelKey(name.substring(0, colon), name.substring(colon + 1)));
        }
        ModelRegistry registry = session.require(ModelRegistry.class);
        Optional<ModelKey> found =
                session.await(() -> installed(registry.models(), name), session.patience());
        if (found.isEmpty()) {
            throw new IOException(
                    "There is no model "
                            + name
                            + " for encodings; facegate model list shows those there are.");
        }
        return found;
    }

    private static Optional<ModelKey> installed(List<ModelState> models, String name) {
        return models.stream()
                .map(ModelState::info)
                .filter(info -> info.kind() == ModelKind.ENCODER && info.id().equals(name))
                .map(ModelInfo::key)
                .findFirst();
    }
}
