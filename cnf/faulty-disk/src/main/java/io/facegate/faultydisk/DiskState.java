// SPDX-License-Identifier: Apache-2.0
package io.facegate.faultydisk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder on a disk that keeps a promise only when it was asked for: the content of a file by
 * fsync of the file, the name of a file or folder (made, removed, renamed) by fsync of the folder
 * it is in. A name may be lost although the file was synced, and a removed file may come back.
 */
final class DiskState {
    /** A file made, removed or renamed: each of the names may be null. */
    private record NameChange(String removed, String made, DiskFile file) {
        void on(Map<String, DiskFile> names) {
            if (removed != null) {
                names.remove(removed);
            }
            if (made != null) {
                names.put(made, file);
            }
        }

        boolean isIn(String folder) {
            return parent(removed != null ? removed : made).equals(folder);
        }

        private static String parent(String name) {
            return name.substring(0, Math.max(0, name.lastIndexOf('/')));
        }
    }

    /** Decides what a failed fsync wrote nevertheless. */
    private final Random random;

    private final Map<String, DiskFile> names = new TreeMap<>();
    private final Map<String, DiskFile> durableNames = new TreeMap<>();
    private final List<NameChange> unsyncedNames = new ArrayList<>();
    private final Map<Integer, DiskFile> open = new HashMap<>();
    private final Map<Integer, String> openFolders = new HashMap<>();

    /** A disk with what is in a folder now, all of it durable. */
    DiskState(Path folder) throws IOException {
        random = new Random();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.filter(p -> !p.equals(folder)).toList()) {
                boolean isFolder = Files.isDirectory(path);
                byte[] content = isFolder ? new byte[0] : Files.readAllBytes(path);
                names.put(folder.relativize(path).toString(), new DiskFile(isFolder, content));
            }
        }
        durableNames.putAll(names);
    }

    private DiskState(Random random) {
        this.random = random;
    }

    /** The same folder on a disk of its own; only before anything happened. */
    DiskState copy(Random luck) {
        DiskState copy = new DiskState(luck);
        names.forEach((n, f) -> copy.names.put(n, new DiskFile(f.isFolder(), f.current())));
        copy.durableNames.putAll(copy.names);
        return copy;
    }

    void apply(DiskEvent event) {
        switch (event.type()) {
            case 'O' -> opened(event.fd(), event.text(), event.position());
            case 'C' -> {
                open.remove(event.fd());
                openFolders.remove(event.fd());
            }
            case 'W' -> file(event).write(event.position(), event.data());
            case 'T' -> file(event).truncate(event.position());
            case 'S', 'F' -> synced(event);
            case 'U' -> change(new NameChange(event.text(), null, null));
            case 'M' -> make(event.text(), new DiskFile(true, new byte[0]));
            case 'R' -> {
                String both = event.text();
                int end = both.indexOf('\0');
                rename(both.substring(0, end), both.substring(end + 1));
            }
            default ->
                    throw new IllegalStateException(
                            "the layer below SQLite cannot follow " + event.text());
        }
    }

    private void opened(int fd, String name, long how) {
        if ((how & 1) != 0) {
            make(name, new DiskFile(false, new byte[0]));
        }
        DiskFile file = names.get(name);
        if (name.isEmpty() || file != null && file.isFolder()) {
            openFolders.put(fd, name);
        } else if (file != null) {
            open.put(fd, file);
            if ((how & 2) != 0) {
                file.truncate(0);
            }
        }
    }

    private DiskFile file(DiskEvent event) {
        DiskFile file = open.get(event.fd());
        if (file == null) {
            throw new IllegalStateException("a change of a file that was not opened: " + event);
        }
        return file;
    }

    private void synced(DiskEvent event) {
        boolean done = event.type() == 'S';
        String folder = openFolders.get(event.fd());
        if (folder != null) {
            if (done) {
                unsyncedNames.stream().filter(c -> c.isIn(folder)).forEach(c -> c.on(durableNames));
                unsyncedNames.removeIf(c -> c.isIn(folder));
            }
        } else if (done) {
            file(event).synced();
        } else {
            file(event).syncFailed(random);
        }
    }

    private void make(String name, DiskFile file) {
        change(new NameChange(null, name, file));
    }

    private void rename(String from, String to) {
        change(new NameChange(from, to, names.get(from)));
    }

    private void change(NameChange change) {
        change.on(names);
        unsyncedNames.add(change);
    }

    /** What processes read of a file; empty when there is none. */
    byte[] current(String name) {
        DiskFile file = names.get(name);
        return file == null ? new byte[0] : file.current();
    }

    /** Names of the files there are. */
    List<String> names() {
        return names.keySet().stream().filter(name -> !names.get(name).isFolder()).toList();
    }

    /** Writes what a power cut now would leave into an empty folder. */
    void leave(Path folder, Loss loss) throws IOException {
        Map<String, DiskFile> left = new TreeMap<>(durableNames);
        for (NameChange change : unsyncedNames) {
            if (loss == Loss.NOTHING || loss != Loss.ALL_UNSYNCED && random.nextBoolean()) {
                change.on(left);
            }
        }
        for (Map.Entry<String, DiskFile> entry : left.entrySet()) {
            Path path = folder.resolve(entry.getKey());
            if (!Files.isDirectory(path.getParent())) {
                continue;
            }
            if (entry.getValue().isFolder()) {
                Files.createDirectory(path);
            } else {
                Files.write(path, entry.getValue().left(loss, random));
            }
        }
    }
}
