// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.people;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.model.EncoderTraits;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.picture.PictureException;
import io.facegate.api.picture.PictureReader;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.Outcome;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.api.recognition.Recognizer;
import io.facegate.mqtt.commands.internal.part.Parts;
import io.facegate.mqtt.commands.internal.request.Command;
import io.facegate.mqtt.commands.internal.request.ErrorCode;
import io.facegate.mqtt.commands.internal.request.Lane;
import io.facegate.mqtt.commands.internal.request.Parameter;
import io.facegate.mqtt.commands.internal.request.RefusedException;
import io.facegate.mqtt.json.Json;

import java.util.List;
import java.util.Optional;

/** Tells who is on a picture. */
public final class RecognizeCommand {
    private final Parts around;

    public RecognizeCommand(Parts around) {
        this.around = around;
    }

    /** What can be asked for. */
    public List<Command> commands() {
        return List.of(
                Command.telling(
                        Lane.SLOW,
                        "recognize",
                        (request, progress) -> recognize(request.text("picture")),
                        Parameter.picture("picture", "a JPEG in base64")));
    }

    private JsonObject recognize(String base64) throws RefusedException {
        byte[] file = Jpeg.of(base64);
        Frame frame;
        try {
            frame = around.require(PictureReader.class, "picture").read(file, "picture.jpg", true);
        } catch (PictureException e) {
            throw new RefusedException(ErrorCode.BAD_PICTURE, e.getMessage());
        }
        RecognitionOptions options = GatewayOptions.picture(around);
        FrameResult result = around.require(Recognizer.class, "pipeline").recognize(frame, options);
        if (result.outcome() == Outcome.SKIPPED || result.outcome() == Outcome.FAILED) {
            throw new RefusedException(
                    result.outcome() == Outcome.SKIPPED ? ErrorCode.UNAVAILABLE : ErrorCode.FAILED,
                    result.message());
        }
        JsonArray faces = new JsonArray();
        Optional<ModelInfo> model = around.find(FaceEncoder.class).map(FaceEncoder::model);
        EncoderTraits traits = model.map(ModelInfo::encoder).orElse(EncoderTraits.DLIB);
        double tolerance = model.map(options.tolerances()::of).orElse(traits.tolerance());
        result.faces().forEach(face -> faces.add(face(frame, face, traits, tolerance)));
        JsonObject o = new JsonObject();
        o.addProperty("width", frame.sourceWidth());
        o.addProperty("height", frame.sourceHeight());
        o.addProperty("tolerance", tolerance);
        o.add("faces", faces);
        return o;
    }

    private static JsonObject face(
            Frame frame, RecognizedFace face, EncoderTraits traits, double tolerance) {
        Match match = face.match();
        JsonObject o = new JsonObject();
        o.add("box", corners(frame.inSource(face.detection().box())));
        o.add("person_id", Json.string(match.personId()));
        o.add("name", Json.string(match.name()));
        o.add("distance", Json.number(match.distance(), 6));
        double score =
                match.distance().isPresent()
                        ? traits.score(match.distance().getAsDouble(), tolerance)
                        : 0;
        o.add("score", Json.number(score, 4));
        JsonObject votes = new JsonObject();
        votes.addProperty("won", match.votesWon());
        votes.addProperty("of", match.votesOf());
        o.add("votes", votes);
        return o;
    }

    private static JsonArray corners(Box box) {
        JsonArray corners = new JsonArray();
        corners.add(box.left());
        corners.add(box.top());
        corners.add(box.right());
        corners.add(box.bottom());
        return corners;
    }
}
