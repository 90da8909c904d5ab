// SPDX-License-Identifier: Apache-2.0
package io.facegate.erasure.internal;

import io.facegate.api.erasure.Eraser;
import io.facegate.api.erasure.ErasureReceipt;
import io.facegate.api.erasure.OpenErasures;
import io.facegate.api.erasure.PersonDataHolder;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.StoreException;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Erasing as a service, there while a store is. */
@Component(
        service = {Eraser.class, ConditionSource.class},
        configurationPid = ErasureComponent.PID,
        immediate = true)
@Designate(ocd = ErasureComponent.Config.class)
public final class ErasureComponent implements Eraser, ConditionSource {
    static final String PID = "io.facegate.erasure";

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<PersonDataHolder> holders = List.of();

    private final Erasures erasures;
    private final ErasureRetries retries;

    /** Who is waited for. */
    @ObjectClassDefinition(
            id = PID,
            name = "Facegate erasure",
            description = "Erasing people everywhere, with a receipt.")
    public @interface Config {
        /** Places. */
        @AttributeDefinition(
                name = "Places",
                description =
                        "Parts of the gateway without which no erasure is complete; those that are"
                                + " not running are waited for. Leave out what you removed for"
                                + " good.")
        String[] places() default {"backup", "mqtt", "outbox", "sightings"};
    }

    /** Goes on with what is not complete. */
    @Activate
    public ErasureComponent(BundleContext context, Config config, @Reference EncodingStore store) {
        String data = context.getProperty("facegate.data");
        Path folder = Path.of(data == null || data.isBlank() ? "facegate-data" : data);
        boolean command = "command".equals(context.getProperty("facegate.mode"));
        Set<String> places = Set.of();
        if (!command || gatewayRan(folder)) {
            places =
                    Stream.of(config.places())
                            .map(String::strip)
                            .filter(p -> !p.isEmpty())
                            .collect(Collectors.toSet());
        }
        erasures =
                new Erasures(
                        store,
                        () -> holders,
                        new ErasureFolder(folder),
                        new AwaitedPlaces(places, folder, command));
        retries = new ErasureRetries(erasures);
    }

    /** Where none ever did there is nothing that only a gateway has. */
    private static boolean gatewayRan(Path data) {
        return Stream.of("gateway.lock", "cache/gateway", "outbox.db")
                .anyMatch(name -> Files.exists(data.resolve(name)));
    }

    @Deactivate
    void deactivate() {
        retries.close();
    }

    @Override
    public List<ErasureReceipt> erase(List<String> names) throws StoreException {
        List<ErasureReceipt> receipts = erasures.erase(names);
        retries.wake();
        return receipts;
    }

    @Override
    public OpenErasures open() throws StoreException {
        return erasures.open();
    }

    @Override
    public void resume() {
        retries.wake();
    }

    @Override
    public List<Condition> conditions() {
        return List.of(erasures.condition());
    }
}
