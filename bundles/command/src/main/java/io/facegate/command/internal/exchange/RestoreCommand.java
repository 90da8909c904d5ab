// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.exchange;

import io.facegate.api.backup.Backups;
import io.facegate.api.exchange.ExchangeException;
import io.facegate.api.exchange.GalleryExchange;
import io.facegate.api.exchange.RestoreReport;
import io.facegate.api.store.Addition;
import io.facegate.api.store.RestoreMode;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.GivenFile;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.concurrent.Callable;

/** {@code facegate restore}. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description =
                "Takes in a backup, which is checked before anything changes; the gateway may be"
                        + " running.")
public final class RestoreCommand implements Callable<Integer> {
    private final Session session;

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "The backup; - for standard input")
    private String file;

    @Option(
            names = "--newest",
            description = "The newest good one of those the gateway makes by itself")
    private boolean newest;

    @ArgGroup private Mode mode;

    /** One of the two. */
    private static final class Mode {
        @Option(
                names = "--merge",
                description =
                        "Keep everybody who is there, add what is missing; people of the same id,"
                                + " else of the same name, are one (default)")
        private boolean merge;

        @Option(
                names = "--replace",
                description = "Be as the backup: everybody and everything else is deleted")
        private boolean replace;
    }

    public RestoreCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws MissingPartException, IOException {
        if (newest == (file != null)) {
            throw new ParameterException(spec.commandLine(), "restore what? A FILE, or --newest");
        }
        GalleryExchange exchange = session.require(GalleryExchange.class);
        if (newest) {
            file = newest();
        }
        boolean replace = mode != null && mode.replace;
        RestoreReport report;
        try (GivenFile given = GivenFile.open(session, file)) {
            report =
                    exchange.restore(
                            given.stream(),
                            given.name(),
                            replace ? RestoreMode.REPLACE : RestoreMode.MERGE);
        }
        session.say(
                "The backup of "
                        + report.backup().createdAt()
                        + " has "
                        + BackupCommand.contents(report.backup())
                        + ".");
        session.say(replace ? "The gallery is as the backup." : merged(report.addition()));
        return ExitCode.DONE;
    }

    private String newest() throws MissingPartException, IOException {
        Backups backups = session.require(Backups.class);
        String found =
                backups.newest()
                        .orElseThrow(
                                () ->
                                        new ExchangeException(
                                                "there is no good backup of the gateway's own:"
                                                        + " facegate backup list shows them"))
                        .file()
                        .toString();
        session.say("Taking in " + found);
        return found;
    }

    private static String merged(Addition addition) {
        return addition.changed()
                ? "Added "
                        + ImportCommand.added(addition)
                        + "; "
                        + addition.duplicates()
                        + " encodings were there already."
                : "Nothing was missing: the gallery is as before.";
    }
}
