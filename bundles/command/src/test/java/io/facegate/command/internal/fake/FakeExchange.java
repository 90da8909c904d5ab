// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.fake;

import io.facegate.api.exchange.BackupInfo;
import io.facegate.api.exchange.ExchangeException;
import io.facegate.api.exchange.ExchangeFormat;
import io.facegate.api.exchange.ExportReport;
import io.facegate.api.exchange.GalleryExchange;
import io.facegate.api.exchange.ImportReport;
import io.facegate.api.exchange.RestoreReport;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.Addition;
import io.facegate.api.store.RestoreMode;
import io.facegate.api.store.StoreContents;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** An exchange that says what it was asked for. */
public final class FakeExchange implements GalleryExchange {
    public static final BackupInfo BACKUP =
            new BackupInfo(
                    7,
                    Instant.parse("2026-11-23T21:30:00Z"),
                    "pi-4fbe",
                    new StoreContents(2, 5, 1),
                    1_234_567);

    public String asked = "";
    public Addition addition = new Addition(2, 0, 5, 0);
    public String refusal = "";

    @Override
    public ImportReport importPeople(InputStream in, String name, Optional<ModelKey> model)
            throws ExchangeException {
        note("import " + name + " " + text(in) + model.map(m -> " " + m.id()).orElse(""));
        return new ImportReport(ExchangeFormat.PICKLE, addition);
    }

    @Override
    public ExportReport exportPeople(
            OutputStream out, ExchangeFormat format, Optional<ModelKey> model)
            throws ExchangeException {
        note("export " + format + model.map(m -> " " + m.id()).orElse(""));
        write(out, format.name());
        return new ExportReport(2, 5, 1);
    }

    @Override
    public ExportReport exportPeople(Path file, ExchangeFormat format, Optional<ModelKey> model)
            throws ExchangeException {
        note("export " + file.getFileName() + " " + format);
        return new ExportReport(1, 1, 0);
    }

    @Override
    public BackupInfo backup(OutputStream out) throws ExchangeException {
        note("backup");
        write(out, "the backup");
        return BACKUP;
    }

    @Override
    public BackupInfo backup(Path file) throws ExchangeException {
        note("backup " + file.getFileName());
        return BACKUP;
    }

    @Override
    public BackupInfo backup(Path file, long number) throws ExchangeException {
        return backup(file);
    }

    @Override
    public BackupInfo head(InputStream in, String name) {
        return BACKUP;
    }

    @Override
    public BackupInfo check(InputStream in, String name) {
        return BACKUP;
    }

    @Override
    public RestoreReport restore(InputStream in, String name, RestoreMode mode)
            throws ExchangeException {
        note("restore " + name + " " + text(in) + " " + mode);
        return new RestoreReport(BACKUP, addition);
    }

    private void note(String what) throws ExchangeException {
        asked = what;
        if (!refusal.isEmpty()) {
            throw new ExchangeException(refusal);
        }
    }

    private static String text(InputStream in) {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(OutputStream out, String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
