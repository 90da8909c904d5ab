// SPDX-License-Identifier: Apache-2.0
package io.facegate.configuration.internal;

import io.facegate.api.status.Condition;
import io.facegate.configuration.file.ConfigSyntaxException;
import io.facegate.configuration.file.ConfigText;
import io.facegate.configuration.file.Versions;
import io.facegate.configuration.file.WholeFile;

import org.osgi.service.cm.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Keeps files and configurations the same, both ways. A file that cannot be understood changes
 * nothing: what was in force stays so, over a restart as well. Thread-safe; whoever changes a
 * configuration waits until it is on the disk.
 */
final class OwnedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(OwnedFiles.class);
    private static final String PART = "configuration";

    private final Path folder;
    private final Versions versions;
    private final Store store;
    private final Settings settings;
    private final Function<String, Map<String, List<String>>> defaults;
    private final Map<Path, OwnedFile> files = new TreeMap<>();

    /** By PID: changes of which no file says anything. */
    private final Map<String, String> unwritten = new TreeMap<>();

    /** Whether this thread changes a configuration after its file: nothing to write then. */
    private final ThreadLocal<Boolean> taking = ThreadLocal.withInitial(() -> false);

    OwnedFiles(
            Path data,
            Store store,
            Settings settings,
            Function<String, Map<String, List<String>>> defaults) {
        this.folder = data.resolve("conf");
        this.versions = new Versions(data);
        this.store = store;
        this.settings = settings;
        this.defaults = defaults;
    }

    /** A file that is new or changed. */
    synchronized void take(Path path) {
        OwnedFile file = files.computeIfAbsent(path, OwnedFile::new);
        try {
            String text = WholeFile.read(path);
            if (text.equals(file.seen)) {
                return;
            }
            file.seen = text;
            take(file, text);
        } catch (IOException e) {
            file.problem = path + " cannot be read: " + e.getMessage();
            LOG.error(file.problem, e);
        }
    }

    private void take(OwnedFile file, String text) throws IOException {
        try {
            ConfigText parsed = ConfigText.parse(text);
            apply(file, parsed);
            boolean mended = !file.problem.isEmpty();
            file.problem = "";
            versions.keep(file.name(), text);
            if (mended) {
                LOG.info("{} is understood again and in force", file.path);
            }
        } catch (ConfigSyntaxException e) {
            if (file.good == null) {
                applyLastGood(file);
            }
            file.problem = problem(file, e);
            LOG.error(file.problem);
        }
    }

    private void applyLastGood(OwnedFile file) throws IOException {
        Optional<Versions.Version> newest = versions.newest(file.name());
        if (newest.isPresent()) {
            try {
                apply(file, ConfigText.parse(newest.get().text()));
            } catch (ConfigSyntaxException e) {
                LOG.error("{} is damaged: {}", newest.get().file(), e.getMessage());
            }
        }
    }

    private String problem(OwnedFile file, ConfigSyntaxException e) throws IOException {
        String what = "%s, line %d: %s.".formatted(file.path, e.line(), e.getMessage());
        Optional<Versions.Version> newest = versions.newest(file.name());
        if (file.good == null || newest.isEmpty()) {
            return what + " Nothing of the file is in force; correct it, it is read again at once.";
        }
        return what
                + " What was in force stays so (version %d of %s). Correct it, it is read again at once; or go back: facegate config restore %s"
                        .formatted(
                                newest.get().number(),
                                newest.get().since().toString().substring(0, 16),
                                file.name());
    }

    private void apply(OwnedFile file, ConfigText text) throws IOException {
        Configuration configuration = store.of(file);
        file.pid = configuration.getPid();
        file.good = text;
        put(configuration, settings.of(text), file);
    }

    private void put(Configuration configuration, Map<String, Object> values, OwnedFile file)
            throws IOException {
        taking.set(true);
        try {
            Store.put(configuration, Settings.dictionary(values, file.address()));
        } finally {
            taking.set(false);
        }
    }

    /** A file that is gone. */
    synchronized void drop(Path path) {
        OwnedFile file = files.remove(path);
        if (file == null || file.pid == null) {
            return;
        }
        taking.set(true);
        try {
            Optional<Configuration> configuration = store.of(file.pid);
            if (configuration.isPresent()) {
                configuration.get().delete();
            }
        } catch (IOException e) {
            LOG.error("The configuration of {} cannot be removed", path, e);
        } finally {
            taking.set(false);
        }
    }

    /** Somebody changed a configuration: the console, a command, a program. */
    void changed(String pid) {
        if (taking.get()) {
            return;
        }
        synchronized (this) {
            try {
                Optional<Configuration> configuration = store.of(pid);
                if (configuration.isPresent()) {
                    write(configuration.get());
                }
                unwritten.remove(pid);
            } catch (IOException | ConfigSyntaxException e) {
                String message =
                        "the change of "
                                + pid
                                + " is in force, but lost at the next start: its file cannot be"
                                + " written ("
                                + e.getMessage()
                                + "); give the gateway's user the right to, then save again";
                unwritten.put(pid, message);
                LOG.error(message, e);
            }
        }
    }

    private void write(Configuration configuration) throws IOException, ConfigSyntaxException {
        Object address = configuration.getProperties().get(Settings.FILE);
        Optional<OwnedFile> known = of(configuration.getPid());
        if (known.isEmpty() && address != null) {
            return; // somebody else's file
        }
        OwnedFile file = known.isPresent() ? known.get() : fresh(configuration);
        Map<String, Object> wanted = Settings.of(configuration.getProperties());
        ConfigText text = file.good == null ? ConfigText.empty() : file.good;
        if (address == null && known.isPresent()) {
            // who does not know of the file did not mean to take the rest of it away
            settings.of(text).forEach(wanted::putIfAbsent);
        }
        String pid =
                configuration.getFactoryPid() == null
                        ? configuration.getPid()
                        : configuration.getFactoryPid();
        String changed = text.with(settings.said(text, wanted, defaults.apply(pid)));
        if (changed.isBlank()) {
            changed = "# " + pid + ": everything as it is without being configured\n";
        }
        save(file, changed);
        files.put(file.path, file);
        if (address == null) {
            put(configuration, wanted, file);
        }
    }

    private void save(OwnedFile file, String text) throws IOException, ConfigSyntaxException {
        ConfigText good = ConfigText.parse(text);
        if (Files.exists(file.path)) {
            String there = WholeFile.read(file.path);
            if (there.equals(text)) {
                return;
            }
            if (!file.problem.isEmpty()) {
                WholeFile.write(file.path.resolveSibling(file.name() + ".broken"), there);
            } else if (!there.equals(file.seen)) {
                versions.keep(file.name(), there); // edited within this second
            }
        }
        WholeFile.write(file.path, text);
        file.seen = text;
        file.good = good;
        file.problem = "";
        versions.keep(file.name(), text);
    }

    private OwnedFile fresh(Configuration configuration) throws IOException {
        Files.createDirectories(folder);
        String pid = configuration.getPid();
        Optional<String> factory = Optional.ofNullable(configuration.getFactoryPid());
        String named =
                factory.map(f -> pid.startsWith(f + "~") ? pid.substring(f.length() + 1) : "")
                        .orElse("");
        String wish =
                named.isEmpty() ? Settings.name(Settings.of(configuration.getProperties())) : named;
        Path real = folder.toRealPath();
        OwnedFile file =
                new OwnedFile(
                        real.resolve(
                                FileNames.of(
                                        pid,
                                        factory,
                                        wish,
                                        name -> Files.exists(real.resolve(name)))));
        file.pid = pid;
        return file;
    }

    /** Somebody removed a configuration. */
    void deleted(String pid) {
        if (taking.get()) {
            return;
        }
        synchronized (this) {
            unwritten.remove(pid);
            of(pid).ifPresent(
                            file -> {
                                try {
                                    Files.deleteIfExists(file.path);
                                    files.remove(file.path);
                                } catch (IOException e) {
                                    unwritten.put(
                                            pid,
                                            "the removal of "
                                                    + pid
                                                    + " is in force, but not after the next start: "
                                                    + file.path
                                                    + " cannot be removed");
                                    LOG.error(unwritten.get(pid), e);
                                }
                            });
        }
    }

    private Optional<OwnedFile> of(String pid) {
        return files.values().stream().filter(file -> pid.equals(file.pid)).findFirst();
    }

    synchronized List<Condition> conditions() {
        List<Condition> wrong =
                new ArrayList<>(
                        files.values().stream()
                                .filter(file -> !file.problem.isEmpty())
                                .map(
                                        file ->
                                                new Condition(
                                                        PART,
                                                        file.good == null
                                                                ? Condition.Level.FAILED
                                                                : Condition.Level.DEGRADED,
                                                        file.problem))
                                .toList());
        unwritten.values().forEach(w -> wrong.add(new Condition(PART, Condition.Level.FAILED, w)));
        return wrong.isEmpty()
                ? List.of(new Condition(PART, Condition.Level.OK, "every file was read"))
                : wrong;
    }
}
