// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.gateway;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.api.model.EncoderTraits;
import io.facegate.api.model.ModelKind;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.model.ModelState;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.Json;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code facegate model}: the model bundles. */
@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        description =
                "Lists the models; tells and changes which encoder is in use; makes bundles of"
                        + " one's own.")
public final class ModelCommand implements Callable<Integer> {
    private static final Duration CHECK = Duration.ofSeconds(10);

    private final Session session;
    private final ModelUpdateCommands updates;

    @Spec private CommandSpec spec;

    public ModelCommand(Session session) {
        this.session = session;
        updates = new ModelUpdateCommands(session);
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "model: list, status, use, rollback, clear or pack?");
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description =
                    "Lists the models: accepted (in use or ready), checked (good, not loaded), or"
                            + " refused and why.")
    int list(@Option(names = "--json", description = "One JSON object") boolean json)
            throws MissingPartException {
        List<ModelState> models = settled(session.require(ModelRegistry.class));
        session.out().print(json ? json(models) + "\n" : Reports.models(models));
        boolean refused = models.stream().anyMatch(m -> m.state() == ModelState.State.REFUSED);
        return refused ? ExitCode.REFUSED : ExitCode.DONE;
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description =
                    "Tells which encoder is in use, how many faces are encoded with it, and how far"
                            + " the one is that was put into the folder load.")
    int status(@Option(names = "--json", description = "One JSON object") boolean json)
            throws MissingPartException {
        return updates.status(json);
    }

    @Command(
            name = "use",
            mixinStandardHelpOptions = true,
            description =
                    "Uses an encoder that is installed, whatever speaks against it, once everybody"
                            + " who can be is encoded with it. Ctrl-C leaves it under way in a"
                            + " running gateway; what was encoded is kept.")
    int use(
            @Parameters(
                            paramLabel = "MODEL",
                            description = "Its id, as model list shows it, or ID:VERSION")
                    String name)
            throws MissingPartException {
        return updates.use(name);
    }

    @Command(
            name = "rollback",
            mixinStandardHelpOptions = true,
            description =
                    "Goes back to the encoder before the one in use, with everything encoded by"
                            + " it.")
    int rollback() throws MissingPartException, IOException {
        return updates.rollback();
    }

    @Command(
            name = "clear",
            mixinStandardHelpOptions = true,
            description =
                    "Removes the encodings of an encoder that is not used any more, and overwrites"
                            + " where they lay. Faces, their chips and the encodings of other"
                            + " encoders stay; used again, it encodes everybody anew.")
    int clear(
            @Parameters(
                            paramLabel = "MODEL",
                            description = "Its id, as model status shows it, or ID:WEIGHTS")
                    String name,
            @Option(
                            names = "--force",
                            description =
                                    "Also of the encoder before the one in use: there is no going"
                                            + " back to it then")
                    boolean force)
            throws MissingPartException, IOException {
        return new ModelClearing(session).clear(name, force);
    }

    @Command(
            name = "pack",
            mixinStandardHelpOptions = true,
            description =
                    "Makes a model bundle of an ONNX file: tries it on a face, and writes the file,"
                            + " what it gave (the self-test) and what it is into a jar.")
    int pack(@Mixin PackArguments arguments) throws MissingPartException, IOException {
        return new ModelPack(session).pack(arguments);
    }

    /**
     * Shortly after the start bundles are still being checked and loaded: waits for the two kinds
     * that nothing works without. Of several formats of a model one is loaded only.
     */
    private List<ModelState> settled(ModelRegistry registry) {
        Duration wait = CHECK.compareTo(session.patience()) < 0 ? CHECK : session.patience();
        session.await(
                () ->
                        Optional.of(registry.models())
                                .filter(models -> isDecided(models, ModelKind.ENCODER))
                                .filter(models -> isDecided(models, ModelKind.LANDMARKS)),
                wait);
        return registry.models();
    }

    private static boolean isDecided(List<ModelState> models, ModelKind kind) {
        List<ModelState> ofKind =
                models.stream().filter(model -> model.info().kind() == kind).toList();
        return ofKind.stream().anyMatch(model -> model.state() == ModelState.State.ACCEPTED)
                || !ofKind.isEmpty()
                        && ofKind.stream()
                                .allMatch(model -> model.state() == ModelState.State.REFUSED);
    }

    private static JsonObject encoder(EncoderTraits traits) {
        JsonObject json = new JsonObject();
        json.addProperty("dimension", traits.dimension());
        json.addProperty("metric", traits.metric().name().toLowerCase(Locale.ROOT));
        json.addProperty("alignment", traits.input().alignment().word());
        json.addProperty("size", traits.input().size());
        json.addProperty("tolerance", traits.tolerance());
        json.addProperty("unlike", traits.unlike());
        return json;
    }

    private static String json(List<ModelState> models) {
        JsonArray array = new JsonArray();
        for (ModelState model : models) {
            JsonObject json = new JsonObject();
            json.addProperty("id", model.info().id());
            json.addProperty("version", model.info().version());
            json.addProperty("kind", model.info().kind().name().toLowerCase(Locale.ROOT));
            json.addProperty("format", model.info().format());
            json.addProperty("sha256", model.info().sha256());
            json.addProperty("weights", model.info().weights());
            json.addProperty("licence", model.info().terms().licence());
            json.addProperty("memory", model.info().terms().memory());
            if (model.info().kind() == ModelKind.ENCODER) {
                json.add("encoder", encoder(model.info().encoder()));
            }
            json.addProperty("state", model.state().name().toLowerCase(Locale.ROOT));
            json.addProperty("message", model.message());
            array.add(json);
        }
        JsonObject root = new JsonObject();
        root.add("models", array);
        return Json.text(root);
    }
}
