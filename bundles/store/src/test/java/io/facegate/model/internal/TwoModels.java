// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.internal;

import io.facegate.api.model.ModelChoice;
import io.facegate.api.model.ModelData;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.model.ModelState;

import org.osgi.framework.Version;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Models that are installed, and the choice of one as a gateway keeps it. */
public final class TwoModels implements ModelRegistry {
    private final List<TrackedModel> models;
    private final EncoderChoice choice;

    /**
     * @param data folder of the choice
     * @param changed called when roles have changed
     */
    public TwoModels(Path data, List<ModelInfo> infos, Runnable changed) {
        models = infos.stream().map(TwoModels::model).toList();
        choice =
                new EncoderChoice(
                        file(data),
                        true,
                        () -> {
                            decide();
                            changed.run();
                        });
        decide();
    }

    private static ChoiceFile file(Path data) {
        return new ChoiceFile(data.resolve("encoder.choice"));
    }

    private static TrackedModel model(ModelInfo info) {
        return new TrackedModel(
                new Declaration(info, "", Version.parseVersion(info.version()), "model/x", ""),
                info.id(),
                path -> Optional.empty());
    }

    private void decide() {
        choice.decide(models, true, true);
    }

    public ModelChoice choice() {
        return choice;
    }

    /** Whether it is to be tried beside the one in use. */
    public boolean isCandidate(ModelKey key) {
        return models.stream()
                .filter(model -> model.info().key().equals(key))
                .anyMatch(model -> choice.role(model).equals(ModelData.CANDIDATE));
    }

    @Override
    public List<ModelState> models() {
        return models.stream()
                .map(model -> new ModelState(model.info(), ModelState.State.CHECKED, ""))
                .toList();
    }

    /** What is chosen in a data folder. */
    public static ModelChoice.Choice chosen(Path data) {
        return file(data).read();
    }

    /** Chooses before there is a gateway. */
    public static void choose(Path data, ModelKey key) throws IOException {
        file(data).write(new ModelChoice.Choice(Optional.of(key), Optional.empty(), Set.of()));
    }
}
