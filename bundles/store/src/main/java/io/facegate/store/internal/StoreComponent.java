// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.store.Addition;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.NewPerson;
import io.facegate.api.store.Person;
import io.facegate.api.store.RestoreMode;
import io.facegate.api.store.StoreContents;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;

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
import java.util.UUID;

/** The store as a service; there even when its file cannot be used, to say why. */
@Component(
        service = {EncodingStore.class, ConditionSource.class},
        configurationPid = StoreComponent.PID,
        immediate = true)
@Designate(ocd = StoreComponent.Config.class)
public final class StoreComponent implements EncodingStore, ConditionSource {
    static final String PID = "io.facegate.store";
    private static final long POLL_MILLIS = 1000;

    private final SqliteStore store;
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
    }

    /** Opens the file. */
    @Activate
    public StoreComponent(BundleContext context, Config config) {
        String data = context.getProperty("facegate.data");
        Path folder = Path.of(data == null || data.isBlank() ? "facegate-data" : data);
        String file = config.file().strip();
        store = new SqliteStore(folder.resolve(file.isEmpty() ? "facegate.db" : file));
        store.open();
        // A single command is over before a check of gigabytes of chips would be.
        boolean checked = !"command".equals(context.getProperty("facegate.mode"));
        watch = new StoreWatch(store, POLL_MILLIS, checked);
    }

    @Deactivate
    void deactivate() {
        watch.close();
    }

    @Override
    public List<Condition> conditions() {
        return List.of(store.condition());
    }

    @Override
    public Gallery gallery() {
        return store.gallery();
    }

    @Override
    public Optional<Person> find(String name) {
        return store.find(name);
    }

    @Override
    public List<StoredEncoding> encodings(UUID person) throws StoreException {
        return store.encodings(person);
    }

    @Override
    public Optional<FaceChip> chip(long encoding) throws StoreException {
        return store.chip(encoding);
    }

    @Override
    public Person add(String name, List<NewEncoding> encodings) throws StoreException {
        return store.add(name, encodings);
    }

    @Override
    public Person rename(String from, String to) throws StoreException {
        return store.rename(from, to);
    }

    @Override
    public List<Person> delete(List<String> names) throws StoreException {
        return store.delete(names);
    }

    @Override
    public int deleteSource(String name, String source) throws StoreException {
        return store.deleteSource(name, source);
    }

    @Override
    public Addition addAll(List<NewPerson> people) throws StoreException {
        return store.addAll(people);
    }

    @Override
    public StoreContents copyTo(Path file) throws StoreException {
        return store.copyTo(file);
    }

    @Override
    public Addition restore(Path copy, RestoreMode mode) throws StoreException {
        return store.restore(copy, mode);
    }
}
