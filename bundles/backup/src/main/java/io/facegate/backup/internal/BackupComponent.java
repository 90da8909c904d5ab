// SPDX-License-Identifier: Apache-2.0
package io.facegate.backup.internal;

import io.facegate.api.backup.Backup;
import io.facegate.api.backup.Backups;
import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.erasure.PersonDataHolder;
import io.facegate.api.exchange.GalleryExchange;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Person;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Backups as a service; made without being asked for in a gateway only. */
@Component(
        service = {Backups.class, PersonDataHolder.class, ConditionSource.class},
        configurationPid = BackupComponent.PID,
        immediate = true)
@Designate(ocd = BackupComponent.Config.class)
public final class BackupComponent implements Backups, PersonDataHolder, ConditionSource {
    static final String PID = "io.facegate.backup";

    private final AutomaticBackups backups;
    private final Optional<BackupClock> clock;

    /** When and where. */
    @ObjectClassDefinition(
            id = PID,
            name = "Facegate backups",
            description = "Backups of the gallery that the gateway makes by itself.")
    public @interface Config {
        /** Whether. */
        @AttributeDefinition(
                name = "Enabled",
                description = "Whether backups are made without being asked for")
        boolean enabled() default true;

        /** How often. */
        @AttributeDefinition(
                name = "Interval",
                description =
                        "Hours between two backups, 1 or more; none is made while the gallery is"
                                + " as it was",
                min = "1")
        int intervalHours() default 24;

        /** How many. */
        @AttributeDefinition(
                name = "Kept",
                description = "Number of backups kept, 1 or more; past it the oldest are removed",
                min = "1")
        int keep() default 5;

        /** Where. */
        @AttributeDefinition(
                name = "Folder",
                description =
                        "Where they are; a relative path is below the data folder. Empty: backups"
                                + " in the data folder. Another disk is safer",
                required = false)
        String folder() default "";
    }

    /** Begins at once. */
    @Activate
    public BackupComponent(
            BundleContext context,
            Config config,
            @Reference EncodingStore store,
            @Reference GalleryExchange exchange,
            @Reference StoreDamage damage) {
        Path data = data(context);
        String folder = config.folder().strip();
        backups =
                new AutomaticBackups(
                        store,
                        exchange,
                        new BackupFolder(
                                data.resolve(folder.isEmpty() ? "backups" : folder),
                                folder.isEmpty(),
                                exchange),
                        new BackupSettings(
                                config.enabled(),
                                Duration.ofHours(config.intervalHours()),
                                config.keep()),
                        new BackupHealth(damage::unrestored, data),
                        new CopiesInWork(data));
        clock =
                "command".equals(context.getProperty("facegate.mode"))
                        ? Optional.empty()
                        : Optional.of(new BackupClock(backups));
    }

    static Path data(BundleContext context) {
        String data = context.getProperty("facegate.data");
        return Path.of(data == null || data.isBlank() ? "facegate-data" : data);
    }

    @Deactivate
    void deactivate() {
        clock.ifPresent(BackupClock::close);
    }

    @Override
    public List<Backup> list() throws IOException {
        return backups.list();
    }

    @Override
    public Optional<Backup> newest() throws IOException {
        return backups.newest();
    }

    @Override
    public Backup make() throws IOException {
        return backups.make();
    }

    @Override
    public String place() {
        return "backup";
    }

    @Override
    public List<ErasedPart> erase(Person person) throws IOException {
        return backups.erase(person);
    }

    @Override
    public List<Condition> conditions() {
        return List.of(backups.condition());
    }
}
