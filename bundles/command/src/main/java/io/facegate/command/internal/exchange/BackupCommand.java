// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.exchange;

import io.facegate.api.backup.Backup;
import io.facegate.api.backup.Backups;
import io.facegate.api.exchange.BackupInfo;
import io.facegate.api.exchange.GalleryExchange;
import io.facegate.api.store.StoreContents;
import io.facegate.command.internal.session.Count;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.GivenFile;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;
import io.facegate.command.internal.session.Table;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code facegate backup}. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description =
                "Writes the whole gallery, face chips too, into one file with a checksum; the"
                        + " gateway may be running. The gateway makes backups by itself too: list"
                        + " shows them.")
public final class BackupCommand implements Callable<Integer> {
    private final Session session;

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "The file; - for standard output")
    private String file;

    public BackupCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws MissingPartException, IOException {
        if (file == null) {
            throw new ParameterException(
                    spec.commandLine(), "backup into which FILE? Or: backup list, backup now");
        }
        GalleryExchange exchange = session.require(GalleryExchange.class);
        boolean standard = file.equals(GivenFile.STANDARD);
        BackupInfo info =
                standard ? exchange.backup(session.out()) : exchange.backup(session.path(file));
        session.say("Backed up " + contents(info) + ".");
        return standard && session.out().checkError() ? ExitCode.REFUSED : ExitCode.DONE;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description =
                    "Lists the backups the gateway makes by itself, the one made last first, each"
                            + " read to its end.")
    int list() throws MissingPartException, IOException {
        List<Backup> backups = session.require(Backups.class).list();
        if (backups.isEmpty()) {
            session.say("The gateway has made none yet.");
            return ExitCode.DONE;
        }
        Table table = new Table("MADE", "STATE", "CONTENTS", "FILE");
        for (Backup backup : backups) {
            table.row(
                    backup.madeAt().toString(),
                    (backup.good() ? "good" : "bad") + (backup.future() ? ", future date" : ""),
                    backup.info().map(BackupCommand::contents).orElse(backup.problem()),
                    backup.file().toString());
        }
        session.out().print(table);
        if (backups.stream().anyMatch(Backup::future)) {
            session.say(
                    "Backups with a future date were made, or named, by a wrong clock, or the clock"
                            + " is wrong now. They count as made when they were: the order above.");
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "now",
            mixinStandardHelpOptions = true,
            description = "Makes one of the gateway's own backups now.")
    int now() throws MissingPartException, IOException {
        Backup backup = session.require(Backups.class).make();
        session.say(
                "Backed up "
                        + backup.info().map(BackupCommand::contents).orElseThrow()
                        + " into "
                        + backup.file()
                        + ".");
        return ExitCode.DONE;
    }

    /** {@code 2 people with 5 encodings and 5 face chips (0.2 MB)}. */
    static String contents(BackupInfo info) {
        StoreContents contents = info.contents();
        return Count.of(contents.people(), "person", "people")
                + " with "
                + Count.of(contents.encodings(), "encoding", "encodings")
                + " and "
                + Count.of(contents.chips(), "face chip", "face chips")
                + String.format(java.util.Locale.ROOT, " (%.1f MB)", info.bytes() / 1e6);
    }
}
