// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import com.google.gson.Gson;

import io.facegate.api.exchange.ExchangeException;
import io.facegate.api.exchange.GalleryExchange;
import io.facegate.api.store.RestoreMode;
import io.facegate.exchange.internal.ExchangeComponent;
import io.facegate.store.internal.StoreOperation.Kind;

import org.osgi.framework.BundleContext;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Another process that does whole backups, restores, imports of people and changes of the key, as
 * the commands do, and says before each what it is about to do and after it that it was done.
 */
final class ExchangeProcess {
    private final Random random;
    private final Path path;
    private final Path backups;
    private final List<Path> keys;
    private Optional<Path> key;
    private SqliteStore store;
    private GalleryExchange exchange;

    private ExchangeProcess(String[] args) {
        path = Path.of(args[0]);
        random = new Random(Long.parseLong(args[1]));
        backups = Path.of(args[2]);
        key = file(args[3]);
        keys = List.of(args).subList(4, args.length).stream().map(Path::of).toList();
    }

    /**
     * @param args the store's file, the seed, the folder for backups, the key file (empty for
     *     none), the key files to change to
     */
    public static void main(String[] args) throws Exception {
        System.out.println("ready");
        System.out.flush();
        if (System.in.read() < 0) {
            return;
        }
        ExchangeProcess process = new ExchangeProcess(args);
        process.open();
        while (true) {
            process.step();
        }
    }

    /** No key has an empty name. */
    static Optional<Path> file(String name) {
        return name.isEmpty() ? Optional.empty() : Optional.of(Path.of(name));
    }

    private void open() throws IOException {
        if (store != null) {
            store.close();
        }
        store = new SqliteStore(path, key);
        store.open();
        exchange = exchange(store, path.getParent());
    }

    /** As the framework would make it. */
    static GalleryExchange exchange(SqliteStore store, Path data) {
        Object context =
                Proxy.newProxyInstance(
                        BundleContext.class.getClassLoader(),
                        new Class<?>[] {BundleContext.class},
                        (proxy, method, arguments) ->
                                "facegate.data".equals(arguments[0]) ? data.toString() : null);
        return new ExchangeComponent((BundleContext) context, store);
    }

    private interface Action {
        void run() throws IOException;
    }

    private void step() throws IOException {
        int what = random.nextInt(keys.isEmpty() ? 9 : 12);
        int seed = random.nextInt(1 << 29);
        List<String> one =
                List.of(StoreOperation.NAMES.get(random.nextInt(StoreOperation.NAMES.size())));
        if (what < 3) {
            Path backup = backups.resolve("backup-" + seed);
            StoreOperation operation =
                    new StoreOperation(Kind.BACKUP, List.of(backup.toString()), "", seed, 0);
            say(operation, () -> exchange.backup(backup));
        } else if (what < 6) {
            // seeds of few: some are there already
            List<String> names = new ArrayList<>(StoreOperation.NAMES.subList(0, 1 + seed % 4));
            StoreOperation operation =
                    new StoreOperation(
                            Kind.ADD_ALL, names, Face.IMPORTED + "f", 1000 + seed % 50, 3);
            byte[] people = json(operation);
            say(operation, () -> exchange.importPeople(stream(people), "f", Optional.empty()));
        } else if (what < 9) {
            boolean replace = what == 6;
            StoreOperation operation =
                    new StoreOperation(
                            replace ? Kind.RESTORE_REPLACE : Kind.RESTORE_MERGE,
                            one,
                            "photo-1",
                            seed,
                            4);
            byte[] backup = backup(operation);
            RestoreMode mode = replace ? RestoreMode.REPLACE : RestoreMode.MERGE;
            say(operation, () -> exchange.restore(stream(backup), "a backup", mode));
        } else {
            Path other = keys.get(random.nextInt(keys.size()));
            boolean none = key.isPresent() && random.nextInt(3) == 0;
            changeKey(
                    none || key.equals(Optional.of(other)) ? Optional.empty() : Optional.of(other));
        }
    }

    private void changeKey(Optional<Path> next) throws IOException {
        StoreOperation operation =
                new StoreOperation(
                        Kind.CHANGE_KEY, List.of(next.map(Path::toString).orElse("")), "", 0, 0);
        say(
                operation,
                () -> {
                    Optional<Path> former = key;
                    if (former.isPresent() && next.isPresent()) {
                        store.file().changeKey(next.get(), StoreKey.read(next.get()));
                    }
                    key = next;
                    if (former.isEmpty() || next.isEmpty()) {
                        open();
                    }
                    if (next.isEmpty()) {
                        store.file().removeKey(former.orElseThrow());
                    }
                });
    }

    private static void say(StoreOperation operation, Action action) throws IOException {
        WorkingProcess.say(System.out, WorkingProcess.INTENT + operation.line());
        String result = WorkingProcess.DONE;
        try {
            action.run();
        } catch (ExchangeException e) {
            result = WorkingProcess.REFUSED + " " + e.getMessage();
        }
        WorkingProcess.say(System.out, result);
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    /** A clear backup of a store that holds the first person only. */
    private byte[] backup(StoreOperation operation) throws IOException {
        Path folder = Files.createTempDirectory(backups.getParent(), "other");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SqliteStore other = SqliteStoreTest.opened(folder.resolve("other.db"))) {
            other.add(
                    operation.names().get(0),
                    operation.faces(0).stream().map(Face::encoding).toList());
            exchange(other, folder).backup(out);
        }
        return out.toByteArray();
    }

    private static byte[] json(StoreOperation operation) {
        List<Object> people = new ArrayList<>();
        for (int i = 0; i < operation.names().size(); i++) {
            List<Object> encodings = new ArrayList<>();
            for (Face face : operation.faces(i)) {
                encodings.add(
                        Map.of(
                                "vector",
                                face.descriptor().toArray(),
                                "model",
                                face.descriptor().model().id(),
                                "weights",
                                face.descriptor().model().weights()));
            }
            people.add(Map.of("name", operation.names().get(i), "encodings", encodings));
        }
        return new Gson().toJson(Map.of("people", people)).getBytes(StandardCharsets.UTF_8);
    }
}
