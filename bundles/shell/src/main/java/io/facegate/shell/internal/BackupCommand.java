// SPDX-License-Identifier: Apache-2.0
package io.facegate.shell.internal;

import io.facegate.api.exchange.BackupInfo;
import io.facegate.api.exchange.GalleryExchange;
import io.facegate.api.store.StoreContents;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code facegate backup}. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description =
                "Writes the whole gallery, face chips too, into one file with a checksum; the"
                        + " gateway may be running.")
final class BackupCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "The file; - for standard output")
    private String file;

    BackupCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws MissingPartException, IOException {
        GalleryExchange exchange = session.require(GalleryExchange.class);
        boolean standard = file.equals(GivenFile.STANDARD);
        BackupInfo info =
                standard ? exchange.backup(session.out()) : exchange.backup(Path.of(file));
        session.say("Backed up " + contents(info) + ".");
        return standard && session.out().checkError() ? Program.REFUSED : Program.DONE;
    }

    /** {@code 2 people with 5 encodings and 5 face chips (0.2 MB)}. */
    static String contents(BackupInfo info) {
        StoreContents contents = info.contents();
        return Reports.count(contents.people(), "person", "people")
                + " with "
                + Reports.count(contents.encodings(), "encoding", "encodings")
                + " and "
                + Reports.count(contents.chips(), "face chip", "face chips")
                + String.format(java.util.Locale.ROOT, " (%.1f MB)", info.bytes() / 1e6);
    }
}
