// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.people;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.api.recognition.Enroller;
import io.facegate.api.recognition.Enrolment;
import io.facegate.api.recognition.EnrolmentException;
import io.facegate.api.recognition.EnrolmentException.Reason;
import io.facegate.api.recognition.EnrolmentWarning;
import io.facegate.api.recognition.EnrolmentWarning.Kind;
import io.facegate.api.recognition.Examination;
import io.facegate.mqtt.commands.internal.part.Parts;
import io.facegate.mqtt.commands.internal.request.Command;
import io.facegate.mqtt.commands.internal.request.ErrorCode;
import io.facegate.mqtt.commands.internal.request.Lane;
import io.facegate.mqtt.commands.internal.request.Parameter;
import io.facegate.mqtt.commands.internal.request.Parameter.Type;
import io.facegate.mqtt.commands.internal.request.Progress;
import io.facegate.mqtt.commands.internal.request.RefusedException;
import io.facegate.mqtt.commands.internal.request.Request;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Takes a face of somebody into the gallery: of a picture, or from before a camera. */
public final class EnrolCommand {
    private static final int SECONDS = 5;
    private static final int LONGEST = 30;

    private final Parts around;

    public EnrolCommand(Parts around) {
        this.around = around;
    }

    /** What can be asked for. */
    public List<Command> commands() {
        return List.of(
                Command.guarded(
                        Lane.SLOW,
                        "enroll",
                        this::enrol,
                        Parameter.text("name", "whom the face is of"),
                        Parameter.picture(
                                        "picture",
                                        "a JPEG in base64 with one face; or a camera instead")
                                .optional(),
                        Parameter.text(
                                        "camera",
                                        "the id of a camera, of which the best face is taken; or a"
                                                + " picture instead")
                                .optional(),
                        Parameter.whole(
                                "seconds",
                                1,
                                LONGEST,
                                "how long the camera is looked through, 1 to " + LONGEST),
                        Parameter.of(
                                        "strict",
                                        Type.FLAG,
                                        "true when doubtful faces are refused, or false")
                                .optional()));
    }

    private JsonObject enrol(Request request, Progress progress)
            throws RefusedException, IOException, InterruptedException {
        Enroller enroller = around.require(Enroller.class, "pipeline");
        Optional<String> picture = request.maybeText("picture");
        Optional<String> camera = request.maybeText("camera");
        if (picture.isPresent() == camera.isPresent()) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "enroll takes a picture or a camera, and not both");
        }
        String name = request.text("name");
        boolean strict = request.flag("strict", false);
        try {
            if (picture.isPresent()) {
                return result(enroller.accept(examined(enroller, name, picture.get()), strict));
            }
            Examination best =
                    new BestFace(around, enroller, camera.get())
                            .of(name, request.whole("seconds", SECONDS), progress);
            return result(accepted(enroller, best, strict));
        } catch (EnrolmentException e) {
            throw refused(e);
        }
    }

    /** By a file, as its content tells whether the person has the picture already. */
    private Examination examined(Enroller enroller, String name, String base64)
            throws RefusedException, IOException, EnrolmentException {
        byte[] jpeg = Jpeg.of(base64);
        Path file = Files.createTempFile("facegate-", ".jpg");
        try {
            Files.write(file, jpeg);
            return enroller.examine(
                    name,
                    file,
                    "mqtt/" + hash(jpeg) + ".jpg",
                    GatewayOptions.picture(around),
                    Enroller.Faces.REFUSE);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static String hash(byte[] file) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(file);
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A face like another person's is never taken, another doubtful one unless that is wished. */
    private static Enrolment accepted(Enroller enroller, Examination best, boolean strict)
            throws EnrolmentException {
        try {
            return enroller.accept(best, true);
        } catch (EnrolmentException e) {
            boolean other = e.warnings().stream().anyMatch(w -> w.kind() == Kind.OTHER_PERSON);
            if (e.reason() != Reason.DOUBTFUL || other || strict) {
                throw e;
            }
        }
        return enroller.accept(best, false);
    }

    private static JsonObject result(Enrolment enrolment) {
        JsonObject o = PeopleCommands.named(enrolment.person());
        o.addProperty("faces_found", enrolment.facesFound());
        o.addProperty("unchanged", enrolment.unchanged());
        JsonArray warnings = new JsonArray();
        for (EnrolmentWarning warning : enrolment.warnings()) {
            JsonObject w = new JsonObject();
            w.addProperty("kind", warning.kind().name().toLowerCase(Locale.ROOT));
            w.addProperty("message", warning.message());
            warnings.add(w);
        }
        o.add("warnings", warnings);
        return o;
    }

    /** Told by the same words everywhere. */
    static RefusedException refused(EnrolmentException e) {
        ErrorCode code =
                switch (e.reason()) {
                    case UNREADABLE -> ErrorCode.BAD_PICTURE;
                    case NO_FACE -> ErrorCode.NO_FACE;
                    case SEVERAL_FACES -> ErrorCode.SEVERAL_FACES;
                    case DOUBTFUL -> ErrorCode.DOUBTFUL;
                    case PART_MISSING -> ErrorCode.UNAVAILABLE;
                    case FAILED -> ErrorCode.FAILED;
                };
        return new RefusedException(code, e.getMessage());
    }
}
