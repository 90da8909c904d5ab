// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.request;

import java.util.List;

/**
 * Something that can be asked for.
 *
 * @param name last part of its topic
 * @param action of several under one name; empty for the only one
 * @param lane how long it takes
 * @param open whether anybody may ask for it until the configuration says otherwise
 * @param parameters what it takes
 * @param work what it does
 */
public record Command(
        String name,
        String action,
        Lane lane,
        boolean open,
        List<Parameter> parameters,
        Work work) {
    public Command {
        parameters = List.copyOf(parameters);
    }

    /** One that tells something, to anybody at first. */
    public static Command telling(Lane lane, String right, Work work, Parameter... parameters) {
        return of(lane, true, right, work, parameters);
    }

    /** One that changes something or shows what not everybody is to see. */
    public static Command guarded(Lane lane, String right, Work work, Parameter... parameters) {
        return of(lane, false, right, work, parameters);
    }

    private static Command of(
            Lane lane, boolean open, String right, Work work, Parameter... parameters) {
        int dot = right.indexOf('.');
        return new Command(
                dot < 0 ? right : right.substring(0, dot),
                dot < 0 ? "" : right.substring(dot + 1),
                lane,
                open,
                List.of(parameters),
                work);
    }

    /** What the configuration allows it by: {@code rename}, {@code model.install}. */
    public String right() {
        return action.isEmpty() ? name : name + "." + action;
    }
}
