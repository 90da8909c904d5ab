// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.facegate.api.model.ModelInfo;
import io.facegate.api.recognition.Tolerances;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * The tolerances of the configuration: those set for an encoder by its id, and one that is set for
 * the encoder in use. Whose that one is, is kept: when another encoder comes into use, a number in
 * the unit of the one before means nothing to it. Thread-safe.
 */
final class ConfiguredTolerances implements Tolerances {
    private static final Logger log = LoggerFactory.getLogger(ConfiguredTolerances.class);

    /** File in the data folder: the number and the id of the encoder it is of. */
    static final String FILE = "tolerance.of";

    private final Map<String, Double> byModel;
    private final double inUse;
    private final Path file;
    private volatile String owner = "";

    /**
     * @param byModel by id of the encoder
     * @param inUse of the encoder in use when it was set; 0 = none is set
     * @param file where is kept whose it is
     */
    ConfiguredTolerances(Map<String, Double> byModel, double inUse, Path file) {
        this.byModel = Map.copyOf(byModel);
        this.inUse = inUse;
        this.file = file;
        if (inUse > 0) {
            owner = kept();
        }
    }

    @Override
    public double of(ModelInfo model) {
        Double set = byModel.get(model.id());
        if (set != null) {
            return set;
        }
        return inUse > 0 && owner(model.id()).equals(model.id())
                ? inUse
                : model.encoder().tolerance();
    }

    private String owner(String model) {
        if (owner.isEmpty()) {
            synchronized (this) {
                if (owner.isEmpty()) {
                    owner = model;
                    keep();
                }
            }
        }
        return owner;
    }

    /** Of another number than the one set now nothing is known. */
    private String kept() {
        try {
            String[] words =
                    Files.exists(file) ? Files.readString(file, UTF_8).split("\\s+") : null;
            return words != null && words.length == 2 && words[0].equals(String.valueOf(inUse))
                    ? words[1]
                    : "";
        } catch (IOException | RuntimeException e) {
            log.warn("{} cannot be read: {}", file, e.toString());
            return "";
        }
    }

    private void keep() {
        Path part = file.resolveSibling(FILE + ".new");
        try {
            Files.writeString(part, inUse + " " + owner + "\n", UTF_8);
            Files.move(
                    part,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            log.warn(
                    "{} cannot be written, tried again after the next start: {}",
                    file,
                    e.toString());
        }
    }
}
