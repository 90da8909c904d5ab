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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A gallery in memory; its backup is a line with the number of people. */
final class PeopleExchange {
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
                            case "backup" -> backup((Path) arguments[0]);
                            case "check" -> check((InputStream) arguments[0]);
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

    private BackupInfo backup(Path file) throws IOException {
        if (!failure.isEmpty()) {
            throw new ExchangeException(failure);
        }
        backups++;
        Files.writeString(file, written.isEmpty() ? people.size() + " people" : written);
        return info(people.size());
    }

    private static BackupInfo check(InputStream in) throws IOException {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        if (!text.endsWith(" people")) {
            throw new ExchangeException("it is damaged");
        }
        return info(Integer.parseInt(text.substring(0, text.indexOf(' '))));
    }

    private static BackupInfo info(int count) {
        return new BackupInfo(Instant.EPOCH, "g", new StoreContents(count, 0, 0), 1);
    }
}
