// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.testing.EmptyFramework;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

import java.util.Hashtable;
import java.util.Map;
import java.util.function.Supplier;

/** With the service registry of a real framework. */
class GatewayPartsTest {
    @RegisterExtension private final EmptyFramework framework = new EmptyFramework();

    private BundleContext context;
    private GatewayParts parts;

    @BeforeEach
    void open() {
        context = framework.context();
        parts = new GatewayParts(context, Map.of());
    }

    @AfterEach
    void close() {
        parts.deactivate();
    }

    private ServiceRegistration<?> register(String service, int ranking) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(Constants.SERVICE_RANKING, ranking);
        return context.registerService(CharSequence.class, service, properties);
    }

    private boolean used(ServiceReference<?> service) {
        return service.getUsingBundles() != null;
    }

    @Test
    void bestServiceIsFoundAndAllInTheOrderOfTheirRanking() {
        assertThat(parts.find(CharSequence.class)).isEmpty();
        register("low", -1);
        register("older", 0);
        register("younger", 0);
        ServiceRegistration<?> high = register("high", 5);
        assertThat(parts.all(CharSequence.class))
                .containsExactly("high", "older", "younger", "low");
        assertThat(parts.find(CharSequence.class)).contains("high");
        high.unregister();
        assertThat(parts.find(CharSequence.class)).contains("older");
    }

    @Test
    void anyTypeIsFoundAndOnlyTypesAskedForAreTouched() {
        ServiceRegistration<?> asked = register("here", 0);
        Supplier<String> other = () -> "not asked for";
        ServiceRegistration<?> untouched = context.registerService(Supplier.class, other, null);
        parts.find(CharSequence.class);
        assertThat(used(asked.getReference())).isTrue();
        assertThat(used(untouched.getReference())).isFalse();
        assertThat(parts.all(Supplier.class)).containsExactly(other);
    }

    @Test
    void nothingIsHeldOrOfferedAfterTheEnd() throws Exception {
        ServiceRegistration<?> service = register("here", 0);
        parts.find(CharSequence.class);
        AutoCloseable first = parts.offer(Runnable.class, () -> {});
        parts.offer(Runnable.class, () -> {});
        assertThat(context.getServiceReferences(Runnable.class, null)).hasSize(2);
        first.close();
        first.close();
        assertThat(context.getServiceReferences(Runnable.class, null)).hasSize(1);
        parts.deactivate();
        parts.deactivate();
        assertThat(context.getServiceReferences(Runnable.class, null)).isEmpty();
        assertThat(used(service.getReference())).isFalse();
        assertThat(parts.all(CharSequence.class)).isEmpty();
        parts.offer(Runnable.class, () -> {}).close();
        assertThat(context.getServiceReferences(Runnable.class, null)).isEmpty();
    }

    @Test
    void offerOfAStoppedFrameworkEndsQuietly() throws Exception {
        AutoCloseable offer = parts.offer(Runnable.class, () -> {});
        framework.stop();
        offer.close();
        parts.deactivate();
    }
}
