// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.loader;

import io.facegate.api.detector.FaceDetector;
import io.facegate.api.model.ModelData;
import io.facegate.api.model.ModelKind;

import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a slot registers.
 *
 * @param part name of the slot in conditions, such as {@code detector/cnn}
 * @param kind of the models
 * @param format of the models
 * @param preference between engines that have the same version of a model, 0 or 1: the higher one
 *     serves
 * @param type the service's interface
 * @param role of the models: {@link ModelData#IN_USE} or {@link ModelData#CANDIDATE}
 * @param properties of the service, with the detection method of a detector, besides {@code
 *     model.id}, {@code model.version}, {@code model.format} and the ranking: by version, then by
 *     preference
 */
public record ServiceOffer<T>(
        String part,
        ModelKind kind,
        String format,
        int preference,
        String role,
        Class<? super T> type,
        Map<String, Object> properties) {
    private static final int HIGHEST = 1_000_000_000;

    /** Of models in use. */
    public ServiceOffer(
            String part,
            ModelKind kind,
            String format,
            int preference,
            Class<? super T> type,
            Map<String, Object> properties) {
        this(part, kind, format, preference, ModelData.IN_USE, type, properties);
    }

    /** Method of the models of a detector; empty for other services. */
    Optional<String> method() {
        return Optional.ofNullable(properties.get(FaceDetector.METHOD)).map(String::valueOf);
    }

    /** What models it is for, in words. */
    String models() {
        return "kind "
                + kindName()
                + method().map(m -> ", method " + m).orElse("")
                + " and format "
                + format;
    }

    String kindName() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** What engines that may serve the same call it. */
    String purpose() {
        String name = kindName() + method().map(m -> "/" + m).orElse("");
        return role.equals(ModelData.IN_USE) ? name : name + "/" + role;
    }

    int rank(ServiceReference<ModelData> model) {
        Object ranking = model.getProperty(Constants.SERVICE_RANKING);
        return 2 * Math.min(HIGHEST, ranking instanceof Integer r ? r : 0) + preference;
    }
}
