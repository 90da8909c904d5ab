// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.fake;

import io.facegate.command.internal.session.Parts;
import io.facegate.command.internal.session.SetTolerances;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parts held in a list. */
public final class FakeParts implements Parts {
    public volatile SetTolerances tolerances = SetTolerances.NONE;
    public volatile Path data = Path.of("facegate-data");

    public final Map<String, String> properties = new HashMap<>();

    private final List<Object> services = new ArrayList<>();

    public FakeParts(Object... services) {
        this.services.addAll(Arrays.asList(services));
    }

    public synchronized void add(Object service) {
        services.add(service);
    }

    @Override
    public SetTolerances tolerances() {
        return tolerances;
    }

    @Override
    public Path data() {
        return data;
    }

    @Override
    public Optional<String> property(String name) {
        return Optional.ofNullable(properties.get(name));
    }

    @Override
    public <T> AutoCloseable offer(Class<T> type, T service) {
        add(service);
        return () -> remove(service);
    }

    private synchronized void remove(Object service) {
        services.remove(service);
    }

    @Override
    public synchronized <T> List<T> all(Class<T> type) {
        return services.stream().filter(type::isInstance).<T>map(type::cast).toList();
    }
}
