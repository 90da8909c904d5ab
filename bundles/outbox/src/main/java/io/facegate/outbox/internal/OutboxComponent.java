// SPDX-License-Identifier: Apache-2.0
package io.facegate.outbox.internal;

import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.erasure.PersonDataHolder;
import io.facegate.api.outbox.Outbox;
import io.facegate.api.outbox.OutboxMessage;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.store.Person;
import io.facegate.sqlite.SqliteFile;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** The outbox as a service; there even when its file cannot be used, to say why. */
@Component(
        service = {Outbox.class, PersonDataHolder.class, ConditionSource.class},
        configurationPid = OutboxComponent.PID,
        immediate = true)
@Designate(ocd = OutboxComponent.Config.class)
public final class OutboxComponent implements Outbox, PersonDataHolder, ConditionSource {
    static final String PID = "io.facegate.outbox";
    private static final int CAPACITY = 100_000;
    private static final Logger LOG = LoggerFactory.getLogger(OutboxComponent.class);

    private final SqliteOutbox outbox;
    private final Path unsentFile;

    /** Whether no publisher runs, which looks after its file itself. */
    private final boolean alone;

    /** How much is kept. */
    @ObjectClassDefinition(
            id = PID,
            name = "Facegate outbox",
            description = "Messages that wait for the broker, kept over restarts and power cuts.")
    public @interface Config {
        /** The bound. */
        @AttributeDefinition(
                name = "Capacity",
                description =
                        "Messages kept at most, 1 or more; past it the oldest are dropped. An"
                                + " event takes about 1 kB on disk.",
                min = "1")
        int capacity() default CAPACITY;
    }

    /** Opens the file. */
    @Activate
    public OutboxComponent(BundleContext context, Config config) {
        String data = context.getProperty("facegate.data");
        Path folder = Path.of(data == null || data.isBlank() ? "facegate-data" : data);
        Path path = folder.resolve("outbox.db");
        unsentFile = folder.resolve(UnsentFile.NAME);
        alone = "command".equals(context.getProperty("facegate.mode"));
        outbox =
                new SqliteOutbox(
                        path,
                        () -> SqliteFile.open(path, OutboxSql.SCHEMA),
                        capacity(config.capacity()));
        outbox.open();
    }

    private static int capacity(int configured) {
        if (configured >= 1) {
            return configured;
        }
        LOG.warn(
                "{}: a capacity of {} keeps nothing: set 1 or more; {} is used",
                PID,
                configured,
                CAPACITY);
        return CAPACITY;
    }

    @Deactivate
    void deactivate() {
        outbox.close();
    }

    @Override
    public List<Condition> conditions() {
        return List.of(outbox.condition());
    }

    @Override
    public long append(String topic, String payload) throws IOException {
        return outbox.append(topic, payload);
    }

    @Override
    public void append(String topic, List<String> payloads) throws IOException {
        outbox.append(topic, payloads);
    }

    @Override
    public List<OutboxMessage> oldest(int limit) throws IOException {
        return outbox.oldest(limit);
    }

    @Override
    public void delivered(long id) throws IOException {
        outbox.delivered(id);
    }

    @Override
    public int erase(UUID id) throws IOException {
        return outbox.erase(id);
    }

    @Override
    public String place() {
        return "outbox";
    }

    @Override
    public List<ErasedPart> erase(Person person) throws IOException {
        int unsent = 0;
        if (alone) {
            unsent = UnsentFile.erase(unsentFile, person.id());
            for (String sent : UnsentFile.SENT) {
                UnsentFile.erase(unsentFile.resolveSibling(sent), person.id());
            }
        }
        return List.of(new ErasedPart("queued events", outbox.erase(person.id()) + unsent, ""));
    }

    @Override
    public List<ErasedPart> scrub() throws IOException {
        String left = outbox.scrub() ? "" : "another process is using outbox.db";
        return List.of(new ErasedPart("remains in outbox.db", 0, left, !left.isEmpty()));
    }

    @Override
    public long size() {
        return outbox.size();
    }

    @Override
    public long dropped() {
        return outbox.dropped();
    }
}
