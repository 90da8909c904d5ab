// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import io.facegate.api.exchange.BackupInfo;
import io.facegate.api.exchange.ExchangeException;
import io.facegate.api.exchange.ExchangeFormat;
import io.facegate.api.exchange.ExportReport;
import io.facegate.api.exchange.GalleryExchange;
import io.facegate.api.exchange.ImportReport;
import io.facegate.api.exchange.RestoreReport;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.CounterExamples;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.RestoreMode;
import io.facegate.api.store.UncertainChangeException;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The exchange as a service, there while a store is. */
@Component
public final class ExchangeComponent implements GalleryExchange {
    /** The gallery itself needs its part of the memory too. */
    private static final int PART_OF_MEMORY = 3;

    /**
     * Whoever offers to restore a backup sees by this file that it was done, and by its second line
     * for which damaged stores, whatever the clock says.
     */
    private static final String RESTORED = "last-restore";

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile CounterExamples counterExamples;

    private final EncodingStore store;
    private final Path folder;
    private final GalleryImport importing;
    private final GalleryBackup backups;

    /** Ready at once. */
    @Activate
    public ExchangeComponent(BundleContext context, @Reference EncodingStore store) {
        this(
                store,
                folder(context.getProperty("facegate.data")),
                Optional.ofNullable(context.getProperty("facegate.gateway")).orElse(""));
    }

    ExchangeComponent(EncodingStore store, Path folder, String gateway) {
        this.store = store;
        this.folder = folder;
        importing = new GalleryImport(store, Runtime.getRuntime().maxMemory() / PART_OF_MEMORY);
        backups = new GalleryBackup(store, folder, gateway);
        clean();
    }

    private void clean() {
        try {
            backups.clean();
        } catch (IOException e) {
            // Tried again by the next backup or restore, which says so when it fails.
        }
    }

    private static Path folder(String data) {
        return Path.of(data == null || data.isBlank() ? "facegate-data" : data);
    }

    @Override
    public ImportReport importPeople(InputStream in, String name, Optional<ModelKey> model)
            throws ExchangeException {
        return importing.read(in, name, model);
    }

    @Override
    public ExportReport exportPeople(
            OutputStream out, ExchangeFormat format, Optional<ModelKey> model)
            throws ExchangeException {
        try {
            return export(out, format, model);
        } catch (IOException e) {
            throw new ExchangeException("The people cannot be exported: " + e.getMessage(), e);
        }
    }

    @Override
    public ExportReport exportPeople(Path file, ExchangeFormat format, Optional<ModelKey> model)
            throws ExchangeException {
        try {
            return WholeFile.write(file, out -> export(out, format, model));
        } catch (IOException e) {
            throw new ExchangeException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private ExportReport export(OutputStream out, ExchangeFormat format, Optional<ModelKey> model)
            throws IOException {
        return new GalleryExport(store, Optional.ofNullable(counterExamples), format, model)
                .write(out, format);
    }

    @Override
    public BackupInfo backup(OutputStream out) throws ExchangeException {
        try {
            return backups.write(out, 0);
        } catch (IOException e) {
            throw new ExchangeException("The backup cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public BackupInfo backup(Path file) throws ExchangeException {
        return backup(file, 0);
    }

    @Override
    public BackupInfo backup(Path file, long number) throws ExchangeException {
        try {
            return WholeFile.write(file, out -> backups.write(out, number));
        } catch (IOException e) {
            throw new ExchangeException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public BackupInfo head(InputStream in, String name) throws ExchangeException {
        try {
            return BackupHead.read(in).info();
        } catch (IOException e) {
            throw new ExchangeException(name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public BackupInfo check(InputStream in, String name) throws ExchangeException {
        try {
            return backups.check(in);
        } catch (IOException e) {
            throw new ExchangeException(name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public RestoreReport restore(InputStream in, String name, RestoreMode mode)
            throws ExchangeException {
        try {
            RestoreReport report = backups.restore(in, mode);
            noteRestored(report);
            return report;
        } catch (UncertainChangeException e) {
            throw new ExchangeException(name + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ExchangeException(
                    name + " is refused, nothing was changed: " + e.getMessage(), e);
        }
    }

    private String damaged() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(name -> name.contains(".damaged-"))
                    .collect(Collectors.joining(" "));
        }
    }

    private void noteRestored(RestoreReport report) {
        try {
            Files.writeString(
                    folder.resolve(RESTORED),
                    report.backup().createdAt() + "\ndamaged: " + damaged() + "\n");
        } catch (IOException e) {
            // What was offered goes on being offered; the restore itself is done.
        }
    }
}
