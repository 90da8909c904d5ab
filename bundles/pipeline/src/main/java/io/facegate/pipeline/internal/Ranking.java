// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The order of OSGi services: highest {@code service.ranking}, then lowest {@code service.id}. */
final class Ranking {
    private Ranking() {}

    /** The highest of the services whose property has a value. */
    static <S> Optional<S> highest(
            List<Map.Entry<Map<String, Object>, S>> services, String property, String value) {
        return services.stream()
                .filter(service -> value.equals(service.getKey().get(property)))
                .max(
                        (a, b) -> {
                            int byRank =
                                    Long.compare(
                                            number(a, "service.ranking"),
                                            number(b, "service.ranking"));
                            return byRank != 0
                                    ? byRank
                                    : Long.compare(
                                            number(b, "service.id"), number(a, "service.id"));
                        })
                .map(Map.Entry::getValue);
    }

    private static long number(Map.Entry<Map<String, Object>, ?> service, String property) {
        return service.getKey().get(property) instanceof Number n ? n.longValue() : 0;
    }
}
