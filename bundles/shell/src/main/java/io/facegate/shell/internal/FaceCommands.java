// SPDX-License-Identifier: Apache-2.0
package io.facegate.shell.internal;

import io.facegate.api.command.CommandRunner;
import io.facegate.api.command.CommandSurroundings;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Gogo commands {@code face:*}: those of the command line, run within this process. They return
 * what the command printed, data and messages, which the shell shows.
 */
@Component(
        service = FaceCommands.class,
        property = {
            "osgi.command.scope=face",
            "osgi.command.function=status",
            "osgi.command.function=cameras",
            "osgi.command.function=people",
            "osgi.command.function=models",
            "osgi.command.function=counters",
            "osgi.command.function=enrol",
            "osgi.command.function=rename",
            "osgi.command.function=delete",
            "osgi.command.function=recognize",
            "osgi.command.function=enable",
            "osgi.command.function=facegate"
        })
public final class FaceCommands {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile CommandRunner runner;

    /** For the framework. */
    public FaceCommands() {}

    FaceCommands(CommandRunner runner) {
        this.runner = runner;
    }

    /** The state of every part. */
    public String status() {
        return facegate("status");
    }

    /** The cameras and what they do. */
    public String cameras() {
        return facegate("camera", "list");
    }

    /** The people of the gallery. */
    public String people() {
        return facegate("people", "list");
    }

    /** The model bundles. */
    public String models() {
        return facegate("model", "list");
    }

    /** What became of the frames of every camera. */
    public String counters() {
        return facegate("camera", "counters");
    }

    /** Takes the largest face of each picture file as one of a person. */
    public String enrol(String name, String... files) {
        return facegate(words(List.of("people", "add", "--", name), files));
    }

    /** Renames a person, or makes two people one. */
    public String rename(String from, String to) {
        return facegate("people", "rename", "--", from, to);
    }

    /** Deletes people, all of them or none. */
    public String delete(String... names) {
        return facegate(words(List.of("people", "delete", "--"), names));
    }

    /** Names the faces of a picture file. */
    public String recognize(String file) {
        return facegate("recognize", "--image", file);
    }

    /** Switches a camera on or off. */
    public String enable(String camera, String state) {
        return switch (state) {
            case "on" -> facegate("camera", "enable", "--", camera);
            case "off" -> facegate("camera", "disable", "--", camera);
            default -> "on or off? face:enable CAMERA on|off";
        };
    }

    /** Any command of the command line. */
    public String facegate(String... words) {
        CommandRunner now = runner;
        if (now == null) {
            return "The commands are not there; is the bundle io.facegate.command running?";
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        Thread asking = Thread.currentThread();
        CommandSurroundings surroundings =
                new CommandSurroundings(
                        Path.of(""),
                        InputStream.nullInputStream(),
                        out,
                        out,
                        false,
                        asking::isInterrupted);
        now.run(List.of(words), surroundings);
        return text.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    private static String[] words(List<String> first, String... rest) {
        List<String> words = new ArrayList<>(first);
        words.addAll(List.of(rest));
        return words.toArray(String[]::new);
    }
}
