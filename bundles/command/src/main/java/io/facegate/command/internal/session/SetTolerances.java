// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.model.EncoderTraits;
import io.facegate.api.model.ModelChoice;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.recognition.Tolerances;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * The tolerances that are set, before it is known which encoder is in use: with the command, else
 * in the configuration of the gateway, for an encoder or for the one that was in use then.
 */
public final class SetTolerances implements Tolerances {
    /** Nobody set one. */
    public static final SetTolerances NONE =
            new SetTolerances(
                    OptionalDouble.empty(),
                    Optional.empty(),
                    "",
                    Optional.empty(),
                    Optional.empty());

    /** File in the data folder in which the gateway keeps which encoder a tolerance is of. */
    private static final String OWNER = "tolerance.of";

    private static final Duration LOADING = Duration.ofSeconds(10);

    private final OptionalDouble option;
    private final Optional<Object> plain;
    private final String byModel;
    private final Optional<Path> data;
    private final Optional<String> trouble;

    private SetTolerances(
            OptionalDouble option,
            Optional<Object> plain,
            String byModel,
            Optional<Path> data,
            Optional<String> trouble) {
        this.option = option;
        this.plain = plain;
        this.byModel = byModel;
        this.data = data;
        this.trouble = trouble;
    }

    /** Given with the command, in the unit of the encoder in use. */
    static SetTolerances option(double value) {
        return new SetTolerances(
                OptionalDouble.of(value), Optional.empty(), "", Optional.empty(), Optional.empty());
    }

    /** Of a configuration. */
    public static SetTolerances configured(Map<String, ?> pipeline, Optional<Path> data) {
        return new SetTolerances(
                OptionalDouble.empty(),
                Optional.ofNullable(pipeline.get("tolerance")),
                String.valueOf(Optional.<Object>ofNullable(pipeline.get("tolerances")).orElse("")),
                data,
                Optional.empty());
    }

    /**
     * What the gateway with a data folder is configured with: for a process in which File Install
     * does not read configurations.
     */
    public static SetTolerances of(Path data) {
        Path file = data.resolve("conf").resolve(Tolerance.PID + ".config");
        try {
            Map<String, Object> pipeline = Files.exists(file) ? PipelineFile.read(file) : Map.of();
            return configured(pipeline, Optional.of(data));
        } catch (IOException e) {
            return new SetTolerances(
                    OptionalDouble.empty(),
                    Optional.empty(),
                    "",
                    Optional.empty(),
                    Optional.of("the default, as " + file + " cannot be read"));
        }
    }

    @Override
    public double of(ModelInfo model) {
        return resolved(model).value();
    }

    /** Whether somebody set one. */
    public boolean isSet() {
        return plain.isPresent() || !byModel.isBlank() || trouble.isPresent();
    }

    /** The tolerance of the encoder that is in use; of dlib's while none is there. */
    public Tolerance resolved(Session session) {
        // where models are looked at, the one in use comes in a moment
        boolean comes = session.parts().find(ModelChoice.class).isPresent();
        Supplier<Optional<FaceEncoder>> encoder = () -> session.parts().find(FaceEncoder.class);
        return resolved(
                (comes ? session.await(encoder, LOADING) : encoder.get()).map(FaceEncoder::model));
    }

    /** The tolerance of an encoder. */
    public Tolerance resolved(ModelInfo model) {
        return resolved(Optional.of(model));
    }

    private Tolerance resolved(Optional<ModelInfo> model) {
        EncoderTraits traits = model.map(ModelInfo::encoder).orElse(EncoderTraits.DLIB);
        if (option.isPresent()) {
            return Tolerance.option(option.getAsDouble(), traits);
        }
        String id = model.map(ModelInfo::id).orElse("");
        for (String entry : byModel.split(",")) {
            String[] parts = entry.strip().split("\\s*=\\s*");
            if (parts.length == 2 && parts[0].equals(id)) {
                return Tolerance.configured(parts[1], traits);
            }
        }
        if (trouble.isPresent()) {
            return Tolerance.byDefault(traits, trouble.get());
        }
        return plain.filter(value -> isOf(value, id))
                .map(value -> Tolerance.configured(value, traits))
                .orElseGet(() -> Tolerance.byDefault(traits));
    }

    /** Whether a tolerance is that of an encoder: it is of the one that was in use when set. */
    private boolean isOf(Object value, String id) {
        try {
            Optional<Path> file = data.map(folder -> folder.resolve(OWNER)).filter(Files::exists);
            if (file.isEmpty() || id.isEmpty()) {
                return true;
            }
            String[] words = Files.readString(file.get(), UTF_8).split("\\s+");
            boolean same =
                    Double.parseDouble(words[0]) == Double.parseDouble(String.valueOf(value));
            return words.length != 2 || !same || words[1].equals(id);
        } catch (IOException | RuntimeException e) {
            return true; // not kept, or no number, which is told with the tolerance
        }
    }
}
