// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import io.facegate.api.message.MessageListener;
import io.facegate.api.message.Replies;
import io.facegate.mqtt.commands.internal.gateway.CameraSwitches;
import io.facegate.mqtt.commands.internal.gateway.ModelCommands;
import io.facegate.mqtt.commands.internal.part.Parts;
import io.facegate.mqtt.commands.internal.request.Command;
import io.facegate.mqtt.commands.internal.request.ErrorCode;
import io.facegate.mqtt.commands.internal.request.Lane;
import io.facegate.mqtt.commands.internal.request.RefusedException;
import io.facegate.mqtt.commands.internal.request.Request;
import io.facegate.mqtt.commands.internal.right.RateLimit;
import io.facegate.mqtt.commands.internal.right.Rights;
import io.facegate.mqtt.commands.internal.right.Signatures;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What the gateway does on messages of the broker. For one thread, except {@link #stop}. */
final class Commands {
    /** Topics that are obeyed. */
    static final List<String> FILTERS =
            List.of("+/enabled/set", "+/recognize/set", "model/set", "cmd/+");

    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

    private final CommandList list;
    private final CameraSwitches switches;
    private final ModelCommands models;
    private final Rights rights;
    private final Signatures signatures;
    private final RateLimit rate;
    private final CommandLane slow = new CommandLane("facegate-mqtt-commands", 10);
    private final CommandLane lasting = new CommandLane("facegate-mqtt-long-commands", 2);

    Commands(Parts around, Rights rights, Signatures signatures, RateLimit rate) {
        this.rights = rights;
        this.signatures = signatures;
        this.rate = rate;
        list = new CommandList(around);
        switches = new CameraSwitches(around);
        models = new ModelCommands(around);
    }

    /** Obeys a message; what takes its time is answered later. */
    void obey(String topic, String payload, Replies replies) {
        String[] parts = topic.split("/");
        if (parts.length == 2 && parts[0].equals("cmd")) {
            command(payload, new Answer(parts[1], replies), parts[1]);
            return;
        }
        try {
            rights.checkSet();
            if (topic.equals("model/set")) {
                models.set(payload.strip());
                return;
            }
            if (parts.length != 3 || !parts[2].equals("set")) {
                throw new RefusedException(ErrorCode.UNSUPPORTED, topic + " is not obeyed");
            }
            switches.set(parts[0], parts[1], payload.strip().toUpperCase(Locale.ROOT));
        } catch (RefusedException e) {
            replies.error(e.code().word(), e.getMessage());
        }
    }

    /** Ends the threads of commands that take their time. */
    void stop() {
        slow.stop();
        lasting.stop();
    }

    private void command(String payload, Answer answer, String name) {
        try {
            if (!rate.take()) {
                throw new RefusedException(
                        ErrorCode.TOO_MANY, "too many commands came in the last minute: ask later");
            }
            JsonObject request = parse(payload);
            boolean signed = Signatures.isSigned(request);
            JsonObject envelope = request;
            if (signed) {
                request = parse(Signatures.content(envelope));
            }
            if (!answer.identify(request)) {
                throw new RefusedException(
                        ErrorCode.BAD_REQUEST,
                        "request_id is 1 to 64 letters, digits, dots, - or _");
            }
            Command command = list.find(name, request);
            Request checked = new Request(request, command);
            if (signed) {
                signatures.accept(name, envelope);
            }
            rights.check(command, signed);
            start(command, checked, answer, payload.length());
        } catch (RefusedException e) {
            answer.refused(e);
        }
    }

    private void start(Command command, Request request, Answer answer, int length)
            throws RefusedException {
        if (command.lane() == Lane.QUICK) {
            run(command, request, answer);
            return;
        }
        CommandLane lane = command.lane() == Lane.SLOW ? slow : lasting;
        if (!lane.start(() -> run(command, request, answer), length)) {
            throw new RefusedException(
                    ErrorCode.TOO_MANY, "too many commands wait: try again later");
        }
    }

    private static void run(Command command, Request request, Answer answer) {
        try {
            answer.done(command.work().run(request, answer));
        } catch (RefusedException e) {
            answer.refused(e);
        } catch (InterruptedException e) {
            answer.refused(RefusedException.stopped());
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            answer.refused(new RefusedException(ErrorCode.FAILED, String.valueOf(e.getMessage())));
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            LOG.warn("The command {} failed: {}", command.right(), e.toString(), e);
            answer.refused(new RefusedException(ErrorCode.FAILED, String.valueOf(e.getMessage())));
        }
    }

    private static JsonObject parse(String payload) throws RefusedException {
        if (payload.equals(MessageListener.TOO_LARGE)) {
            throw new RefusedException(
                    ErrorCode.TOO_LARGE, "a command with everything in it has at most 4 MB");
        }
        if (payload.isBlank()) {
            return new JsonObject();
        }
        try {
            JsonElement element = JsonParser.parseString(payload);
            if (element.isJsonObject()) {
                return element.getAsJsonObject();
            }
        } catch (JsonParseException e) {
            LOG.debug("No JSON", e);
        }
        throw new RefusedException(
                ErrorCode.BAD_REQUEST,
                "a command is a JSON object, such as {\"request_id\":\"1\"}");
    }
}
