// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.unknown;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.frame.Frame;
import io.facegate.api.picture.PictureFormat;
import io.facegate.api.picture.PictureWriter;
import io.facegate.api.sighting.UnknownFace;
import io.facegate.api.sighting.UnknownPeople;
import io.facegate.api.sighting.UnknownPerson;
import io.facegate.command.internal.people.PeopleText;
import io.facegate.command.internal.session.Count;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;
import io.facegate.command.internal.session.Table;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code facegate unknown show}: one unknown person, and the faces kept. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows an unknown person and the faces kept.")
public final class ShowUnknownCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ID", description = "Its first characters will do")
    private String id;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Writes the faces as PNG into this folder, which is made when missing")
    private Path output;

    public ShowUnknownCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws MissingPartException, IOException {
        UnknownTable table = UnknownTable.read(session);
        UnknownPerson person = table.find(id);
        UnknownPeople unknown = session.require(UnknownPeople.class);
        List<UnknownFace> faces = unknown.faces(person.id());
        print(person, faces);
        if (output != null) {
            int written = write(table.shortId(person), unknown, faces);
            session.say("Wrote " + Count.of(written, "face", "faces") + " into " + output + ".");
        }
        return ExitCode.DONE;
    }

    private void print(UnknownPerson person, List<UnknownFace> faces) {
        session.out()
                .printf(
                        "%s%s%nfirst seen %s, last seen %s by %s, %s%n",
                        person.id(),
                        person.ignored() ? " (ignored)" : "",
                        PeopleText.minute(person.firstSeen()),
                        PeopleText.minute(person.lastSeen()),
                        person.lastCamera(),
                        Count.of(person.sightings(), "sighting", "sightings"));
        Table table = new Table("FACE", "SEEN", "CAMERA", "MODEL", "PICTURE");
        int number = 0;
        for (UnknownFace face : faces) {
            table.row(
                    Integer.toString(++number),
                    PeopleText.minute(face.seenAt()),
                    face.camera(),
                    face.descriptor().model().id(),
                    face.hasChip() ? "yes" : "no");
        }
        session.out().print(table);
    }

    /** Files are named after the person and the number of the face in what is printed. */
    private int write(String person, UnknownPeople unknown, List<UnknownFace> faces)
            throws MissingPartException, IOException {
        PictureWriter writer = session.require(PictureWriter.class);
        try {
            Files.createDirectories(output);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(output + " is no folder.", e);
        }
        int written = 0;
        int number = 0;
        for (UnknownFace face : faces) {
            number++;
            Optional<FaceChip> chip = unknown.chip(face.id());
            if (chip.isPresent()) {
                int size = chip.get().size();
                Frame frame =
                        Frame.rgb(
                                face.camera(), number, face.seenAt(), size, size, chip.get().rgb());
                Files.write(
                        output.resolve(person + "-" + number + ".png"),
                        writer.encode(frame, PictureFormat.PNG, 1));
                written++;
            }
        }
        return written;
    }
}
