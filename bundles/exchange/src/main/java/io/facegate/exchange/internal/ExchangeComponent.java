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
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.RestoreMode;
import io.facegate.api.store.UncertainChangeException;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The exchange as a service, there while a store is. */
@Component
public final class ExchangeComponent implements GalleryExchange {
    /** The gallery itself needs its part of the memory too. */
    private static final int PART_OF_MEMORY = 3;

    /** Whoever offers to restore a backup sees by this file's time that it was done. */
    private static final String RESTORED = "last-restore";

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
            return new GalleryExport(store, format, model).write(out, format);
        } catch (IOException e) {
            throw new ExchangeException("The people cannot be exported: " + e.getMessage(), e);
        }
    }

    @Override
    public ExportReport exportPeople(Path file, ExchangeFormat format, Optional<ModelKey> model)
            throws ExchangeException {
        try {
            return WholeFile.write(
                    file, out -> new GalleryExport(store, format, model).write(out, format));
        } catch (IOException e) {
            throw new ExchangeException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public BackupInfo backup(OutputStream out) throws ExchangeException {
        try {
            return backups.write(out);
        } catch (IOException e) {
            throw new ExchangeException("The backup cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public BackupInfo backup(Path file) throws ExchangeException {
        try {
            return WholeFile.write(file, backups::write);
        } catch (IOException e) {
            throw new ExchangeException(file + " cannot be written: " + e.getMessage(), e);
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

    private void noteRestored(RestoreReport report) {
        try {
            Files.writeString(folder.resolve(RESTORED), report.backup().createdAt() + "\n");
        } catch (IOException e) {
            // What was offered goes on being offered; the restore itself is done.
        }
    }
}
