// SPDX-License-Identifier: Apache-2.0
package io.facegate.backup.internal;

import io.facegate.api.exchange.BackupInfo;
import io.facegate.api.exchange.ExchangeException;
import io.facegate.api.exchange.GalleryExchange;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreContents;
import io.facegate.api.store.StoreException;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A gallery in memory; its backup is a line with the number of people, its own number and, when
 * another than in its name, its time.
 */
final class PeopleExchange {
    private static final Pattern CONTENT =
            Pattern.compile("(\\d+) people(?: #(\\d+))?(?: at (\\S+))?");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final List<Person> people = new ArrayList<>();
    private long revision;
    String written = "";
    String failure = "";
    boolean unreadable;
    int backups;

    Person put(String name) {
        Person person = new Person(UUID.randomUUID(), name, Instant.EPOCH, 0);
        people.add(person);
        revision++;
        return person;
    }

    void remove(Person person) {
        people.remove(person);
        revision++;
    }

    void clear() {
        people.clear();
        revision++;
    }

    /** Read anew, with nothing changed. */
    void touch() {
        revision++;
    }

    EncodingStore store() {
        return proxy(
                EncodingStore.class,
                (proxy, method, arguments) ->
                        switch (method.getName()) {
                            case "gallery" -> new Gallery(revision, people, Map.of());
                            case "encodings" -> encodings();
                            default -> throw new UnsupportedOperationException(method.getName());
                        });
    }

    GalleryExchange exchange() {
        return proxy(
                GalleryExchange.class,
                (proxy, method, arguments) ->
                        switch (method.getName()) {
                            case "backup" -> backup((Path) arguments[0], (long) arguments[1]);
                            case "check", "head" ->
                                    read((InputStream) arguments[0], (String) arguments[1]);
                            default -> throw new UnsupportedOperationException(method.getName());
                        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private List<?> encodings() throws StoreException {
        if (unreadable) {
            throw new StoreException("the store cannot be used");
        }
        return List.of();
    }

    private BackupInfo backup(Path file, long number) throws IOException {
        if (!failure.isEmpty()) {
            throw new ExchangeException(failure);
        }
        backups++;
        String text = people.size() + " people #" + number;
        Files.writeString(file, written.isEmpty() ? text : written);
        return new BackupInfo(
                number, Instant.EPOCH, "g", new StoreContents(people.size(), 0, 0), 1);
    }

    private static BackupInfo read(InputStream in, String name) throws IOException {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        Matcher content = CONTENT.matcher(text);
        if (!content.matches()) {
            throw new ExchangeException("it is damaged");
        }
        Instant named = Instant.from(STAMP.parse(name.substring(8, 24)));
        return new BackupInfo(
                content.group(2) == null ? 0 : Long.parseLong(content.group(2)),
                content.group(3) == null ? named : Instant.parse(content.group(3)),
                "g",
                new StoreContents(Integer.parseInt(content.group(1)), 0, 0),
                1);
    }
}
