// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.exchange;

import io.facegate.api.exchange.BackupInfo;
import io.facegate.api.exchange.GalleryExchange;
import io.facegate.api.store.StoreContents;
import io.facegate.command.internal.session.Count;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.GivenFile;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.util.concurrent.Callable;

/** {@code facegate backup}. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description =
                "Writes the whole gallery, face chips too, into one file with a checksum; the"
                        + " gateway may be running.")
public final class BackupCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "The file; - for standard output")
    private String file;

    public BackupCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws MissingPartException, IOException {
        GalleryExchange exchange = session.require(GalleryExchange.class);
        boolean standard = file.equals(GivenFile.STANDARD);
        BackupInfo info =
                standard ? exchange.backup(session.out()) : exchange.backup(session.path(file));
        session.say("Backed up " + contents(info) + ".");
        return standard && session.out().checkError() ? ExitCode.REFUSED : ExitCode.DONE;
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
