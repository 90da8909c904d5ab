// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.erasure.PersonDataHolder;
import io.facegate.api.sighting.SightingStore;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.store.CounterExamples;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Person;
import io.facegate.api.store.Reencoding;
import io.facegate.api.store.StoreEncryption;
import io.facegate.api.store.StoreException;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The store as a service; there even when its file cannot be used, to say why. */
@Component(
        service = {
            EncodingStore.class,
            CounterExamples.class,
            SightingStore.class,
            Reencoding.class,
            StoreEncryption.class,
            PersonDataHolder.class,
            ConditionSource.class
        },
        configurationPid = StoreComponent.PID,
        immediate = true)
@Designate(ocd = StoreComponent.Config.class)
public final class StoreComponent extends StoreServices
        implements PersonDataHolder, ConditionSource {
    static final String PID = "io.facegate.store";
    private static final long POLL_MILLIS = 1000;

    private final StoreWatch watch;

    /** Where the store is. */
    @ObjectClassDefinition(
            id = PID,
            name = "Facegate store",
            description = "People and their encodings, in one SQLite file.")
    public @interface Config {
        /** The file. */
        @AttributeDefinition(
                name = "File",
                description =
                        "The file of people and encodings; a relative path is below the data"
                                + " folder. Empty: facegate.db in the data folder. Not on a"
                                + " network disk.",
                required = false)
        String file() default "";

        /** The key. */
        @AttributeDefinition(
                name = "Key file",
                description =
                        "A file with the key that vectors and aligned faces are encrypted with, made"
                                + " by facegate key make; a relative path is below the data folder."
                                + " A store that is not encrypted yet will be. Empty: the file that"
                                + " FACEGATE_KEY_FILE names, else no encryption.",
                required = false)
        String key_file() default "";
    }

    /** Opens the file. */
    @Activate
    public StoreComponent(BundleContext context, Config config) {
        super(new SqliteStore(file(context, config), keyFile(context, config)));
        store().open();
        // A single command is over before a check of gigabytes of chips would be.
        boolean checked = !"command".equals(context.getProperty("facegate.mode"));
        watch = new StoreWatch(store(), POLL_MILLIS, checked);
    }

    private static Path file(BundleContext context, Config config) {
        String file = config.file().strip();
        return folder(context).resolve(file.isEmpty() ? "facegate.db" : file);
    }

    private static Optional<Path> keyFile(BundleContext context, Config config) {
        String file = config.key_file().strip();
        if (file.isEmpty()) {
            String property = context.getProperty("facegate.key.file");
            file = property == null ? "" : property.strip();
        }
        return file.isEmpty() ? Optional.empty() : Optional.of(folder(context).resolve(file));
    }

    private static Path folder(BundleContext context) {
        String data = context.getProperty("facegate.data");
        return Path.of(data == null || data.isBlank() ? "facegate-data" : data);
    }

    @Deactivate
    void deactivate() {
        watch.close();
    }

    @Override
    public String place() {
        return "store file";
    }

    @Override
    public List<ErasedPart> eraseLike(Person person, List<FaceDescriptor> descriptors)
            throws StoreException {
        List<Long> like = CounterExamplesLike.of(gallery(), person.id(), descriptors);
        return List.of(
                new ErasedPart(
                        "counter-examples of others that look like the person",
                        removeCounterExamples(like),
                        ""));
    }

    @Override
    public List<ErasedPart> scrub() throws StoreException {
        String left = store().file().scrub();
        return List.of(new ErasedPart("remains in the store's file", 0, left, !left.isEmpty()));
    }

    @Override
    public List<Condition> conditions() {
        return List.of(store().condition());
    }
}
