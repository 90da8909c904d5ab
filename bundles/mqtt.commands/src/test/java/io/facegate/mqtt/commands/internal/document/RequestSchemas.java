// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.mqtt.commands.internal.request.Command;
import io.facegate.mqtt.commands.internal.request.Parameter;

import java.util.List;

/** The JSON Schemas of what is asked for, out of what the commands say they take. */
public final class RequestSchemas {
    private static final String ID = "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$";

    private RequestSchemas() {}

    /** Of all commands of one name. */
    public static JsonObject of(List<Command> commands) {
        JsonObject schema = new JsonObject();
        schema.addProperty("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.addProperty("title", "Request of the command " + commands.get(0).name());
        if (commands.size() == 1) {
            of(commands.get(0), false)
                    .entrySet()
                    .forEach(e -> schema.add(e.getKey(), e.getValue()));
            return schema;
        }
        JsonArray any = new JsonArray();
        for (Command command : commands) {
            any.add(of(command, command == commands.get(0)));
        }
        schema.addProperty("type", "object");
        schema.add("anyOf", any);
        return schema;
    }

    private static JsonObject of(Command command, boolean first) {
        JsonObject properties = new JsonObject();
        JsonArray required = new JsonArray();
        JsonObject id = new JsonObject();
        id.add("type", strings("string", "integer", "null"));
        id.addProperty("pattern", "^[A-Za-z0-9_.-]{1,64}$");
        properties.add("request_id", id);
        if (!command.action().isEmpty()) {
            JsonObject action = new JsonObject();
            action.addProperty("const", command.action());
            properties.add("action", action);
            if (!first) {
                required.add("action");
            }
        }
        for (Parameter parameter : command.parameters()) {
            properties.add(parameter.name(), of(parameter));
            if (parameter.required()) {
                required.add(parameter.name());
            }
        }
        JsonObject schema = new JsonObject();
        schema.addProperty("type", "object");
        schema.add("properties", properties);
        schema.add("required", required);
        schema.addProperty("additionalProperties", false);
        return schema;
    }

    private static JsonObject of(Parameter parameter) {
        JsonObject schema =
                switch (parameter.type()) {
                    case TEXT, PICTURE -> typed(parameter, "string");
                    case ID -> typed(parameter, "string");
                    case IDS, NUMBERS -> typed(parameter, "array");
                    case WHOLE -> typed(parameter, "integer");
                    case FLAG -> typed(parameter, "boolean");
                    case OBJECT -> typed(parameter, "object");
                };
        switch (parameter.type()) {
            case TEXT -> schema.addProperty("maxLength", parameter.max());
            case PICTURE -> {
                schema.addProperty("contentEncoding", "base64");
                schema.addProperty("contentMediaType", "image/jpeg");
            }
            case ID -> schema.addProperty("pattern", ID);
            case IDS, NUMBERS -> {
                schema.addProperty("minItems", 1);
                schema.add("items", item(parameter.type()));
            }
            case WHOLE -> {
                schema.addProperty("minimum", parameter.min());
                schema.addProperty("maximum", parameter.max());
            }
            default -> {
                // any
            }
        }
        schema.addProperty("description", parameter.meaning());
        return schema;
    }

    private static JsonObject item(Parameter.Type type) {
        JsonObject item = new JsonObject();
        if (type == Parameter.Type.IDS) {
            item.addProperty("type", "string");
            item.addProperty("pattern", ID);
        } else {
            item.addProperty("type", "integer");
        }
        return item;
    }

    private static JsonObject typed(Parameter parameter, String type) {
        JsonObject schema = new JsonObject();
        if (parameter.required()) {
            schema.addProperty("type", type);
        } else {
            schema.add("type", strings(type, "null"));
        }
        return schema;
    }

    private static JsonArray strings(String... words) {
        JsonArray all = new JsonArray();
        for (String word : words) {
            all.add(word);
        }
        return all;
    }
}
