// SPDX-License-Identifier: Apache-2.0
package io.facegate.metrics.engine;

import io.facegate.api.detector.FaceDetector;
import io.facegate.api.model.ModelData;

import org.osgi.framework.ServiceReference;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A service that computes, as its properties tell; a part that is not known is empty.
 *
 * @param stage {@code detect} or {@code encode}
 * @param method of a detector: {@code hog}, {@code cnn} or {@code yunet}
 * @param engine what runs its model, by the model's format: {@code dlib} or {@code onnx}; empty
 *     without a model
 * @param model id of its model
 * @param version version of its model
 * @param inUse whether it is the one the pipeline takes, the highest in rank of its kind
 */
public record Engine(
        String stage, String method, String engine, String model, String version, boolean inUse) {
    /** The services of a stage, the highest in rank first. */
    public static <T> List<Engine> of(String stage, Collection<ServiceReference<T>> services) {
        List<Engine> engines = new ArrayList<>();
        Set<String> methods = new HashSet<>();
        for (ServiceReference<T> service :
                services.stream().sorted(Comparator.reverseOrder()).toList()) {
            String method = text(service, FaceDetector.METHOD);
            engines.add(
                    new Engine(
                            stage,
                            method,
                            text(service, ModelData.FORMAT),
                            text(service, ModelData.ID),
                            text(service, ModelData.VERSION),
                            methods.add(method)));
        }
        return engines;
    }

    private static String text(ServiceReference<?> service, String property) {
        Object value = service.getProperty(property);
        return value == null ? "" : value.toString();
    }
}
