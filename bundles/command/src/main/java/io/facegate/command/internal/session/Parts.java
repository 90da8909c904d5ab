// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.session;

import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The services of the gateway as they are at the moment of asking. Thread-safe. */
public interface Parts {
    /** The service of a type, when it is there: of several the one the framework ranks first. */
    default <T> Optional<T> find(Class<T> type) {
        return all(type).stream().findFirst();
    }

    /** All services of a type, in the order of the framework's ranking. */
    <T> List<T> all(Class<T> type);

    /** The tolerances the gateway recognises with. */
    default SetTolerances tolerances() {
        return SetTolerances.NONE;
    }

    /** Folder of gallery, configuration and what else the gateway keeps. */
    Path data();

    /** A property of the framework, such as {@code facegate.data}; empty when it is not set. */
    default Optional<String> property(String name) {
        return Optional.empty();
    }

    /**
     * Makes a service known, such as a listener, until what is returned is closed (again does
     * nothing) or the command is over.
     */
    <T> AutoCloseable offer(Class<T> type, T service);

    /** What every part says about itself, by name of the part. */
    default List<Condition> conditions() {
        return all(ConditionSource.class).stream()
                .flatMap(source -> source.conditions().stream())
                .sorted(Comparator.comparing(Condition::part))
                .toList();
    }

    /** The parts that do not work as they should. */
    default List<Condition> troubles() {
        return conditions().stream()
                .filter(condition -> condition.level() != Condition.Level.OK)
                .toList();
    }

    /** Why a part does not work at all; empty when it does, or is not there. */
    default Optional<String> failure(String part) {
        return troubles().stream()
                .filter(condition -> condition.part().equals(part))
                .filter(condition -> condition.level() == Condition.Level.FAILED)
                .map(Condition::message)
                .findFirst();
    }
}
