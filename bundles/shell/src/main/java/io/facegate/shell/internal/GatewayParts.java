// SPDX-License-Identifier: Apache-2.0
package io.facegate.shell.internal;

import io.facegate.api.camera.Camera;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.store.EncodingStore;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The services of the running framework; every one of them may come and go at any time. */
@Component(service = GatewayParts.class)
public final class GatewayParts implements Parts {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile EncodingStore store;

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Camera> cameras = List.of();

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<ConditionSource> conditionSources = List.of();

    @Override
    public Optional<EncodingStore> store() {
        return Optional.ofNullable(store);
    }

    @Override
    public List<Camera> cameras() {
        return List.copyOf(cameras);
    }

    @Override
    public List<Condition> conditions() {
        return conditionSources.stream()
                .flatMap(source -> source.conditions().stream())
                .sorted(Comparator.comparing(Condition::part))
                .toList();
    }
}
