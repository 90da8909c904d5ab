// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal;

import io.facegate.command.internal.configuration.ConfigCommand;
import io.facegate.command.internal.doctor.DoctorCommand;
import io.facegate.command.internal.doctor.SupportCommand;
import io.facegate.command.internal.enrol.EncodeCommand;
import io.facegate.command.internal.exchange.BackupCommand;
import io.facegate.command.internal.exchange.ExportCommand;
import io.facegate.command.internal.exchange.ImportCommand;
import io.facegate.command.internal.exchange.KeyCommand;
import io.facegate.command.internal.exchange.RestoreCommand;
import io.facegate.command.internal.gateway.BrokerCommand;
import io.facegate.command.internal.gateway.CameraCommand;
import io.facegate.command.internal.gateway.CamerasCommand;
import io.facegate.command.internal.gateway.ModelCommand;
import io.facegate.command.internal.gateway.StatusCommand;
import io.facegate.command.internal.people.AddCommand;
import io.facegate.command.internal.people.DeleteCommand;
import io.facegate.command.internal.people.ErasuresCommand;
import io.facegate.command.internal.people.PeopleCommand;
import io.facegate.command.internal.people.RejectCommand;
import io.facegate.command.internal.people.ShowCommand;
import io.facegate.command.internal.quality.CalibrateCommand;
import io.facegate.command.internal.quality.CheckCommand;
import io.facegate.command.internal.recognize.CompareCommand;
import io.facegate.command.internal.recognize.RecognizeCommand;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;
import io.facegate.command.internal.signing.KeysCommand;
import io.facegate.command.internal.unknown.ShowUnknownCommand;
import io.facegate.command.internal.unknown.UnknownCommand;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** The command line {@code facegate COMMAND OPTION...}. */
@Command(
        name = "facegate",
        mixinStandardHelpOptions = true,
        description = {
            "Face recognition: take people in, recognise them.",
            "'facegate run' starts the gateway; see facegate run --help."
        })
public final class Program implements Callable<Integer> {
    private static final String[] FOOTER = {
        "",
        "Everywhere: --data DIR, or FACEGATE_DATA, names the folder of gallery, configuration and logs.",
        "Data goes to stdout, messages to stderr. Exit code: 0 done, 1 something was refused, 2 usage."
    };
    private static final Logger LOG = LoggerFactory.getLogger(Program.class);

    private final Session session;
    private final String version;

    @Spec private CommandSpec spec;

    public Program(Session session, String version) {
        this.session = session;
        this.version = version == null ? "unknown" : version;
    }

    /**
     * Runs a command; blocks until it is done.
     *
     * @param words the command and its options
     * @return the exit code
     */
    public int run(List<String> words) {
        CommandLine line = new CommandLine(this);
        addSubcommands(line, words.isEmpty() ? "" : words.get(0));
        withHelpAndVersion(line);
        line.registerConverter(Path.class, session::path);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        line.setOut(new PrintWriter(session.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(session.err(), true, StandardCharsets.UTF_8));
        line.setUsageHelpWidth(100);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, result) -> failed(failure));
        line.setParameterExceptionHandler((failure, all) -> wronglyUsed(failure));
        return line.execute(words.toArray(String[]::new));
    }

    /** Of a command that is named only that one: reading annotations takes time at every start. */
    private void addSubcommands(CommandLine line, String named) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("encode", () -> new EncodeCommand(session));
        commands.put("recognize", () -> new RecognizeCommand(session));
        commands.put("compare", () -> new CompareCommand(session));
        commands.put("people", this::people);
        commands.put("unknown", this::unknown);
        commands.put("calibrate", () -> new CalibrateCommand(session));
        commands.put("backup", () -> new BackupCommand(session));
        commands.put("restore", () -> new RestoreCommand(session));
        commands.put("key", () -> new KeyCommand(session));
        commands.put("keys", () -> new KeysCommand(session));
        commands.put("model", () -> new ModelCommand(session));
        commands.put("status", () -> new StatusCommand(session));
        commands.put("camera", () -> new CameraCommand(session));
        commands.put("cameras", () -> new CamerasCommand(session));
        commands.put("broker", () -> new BrokerCommand(session));
        commands.put("config", () -> new ConfigCommand(session));
        commands.put("doctor", () -> new DoctorCommand(session));
        commands.put("support", () -> new SupportCommand(session));
        commands.entrySet().stream()
                .filter(c -> c.getKey().equals(named) || !commands.containsKey(named))
                .forEach(c -> line.addSubcommand(c.getValue().get()));
    }

    private CommandLine people() {
        return new CommandLine(new PeopleCommand(session))
                .addSubcommand(new ShowCommand(session))
                .addSubcommand(new AddCommand(session))
                .addSubcommand(new RejectCommand(session))
                .addSubcommand(new CheckCommand(session))
                .addSubcommand(new DeleteCommand(session))
                .addSubcommand(new ErasuresCommand(session))
                .addSubcommand(new ImportCommand(session))
                .addSubcommand(new ExportCommand(session));
    }

    private CommandLine unknown() {
        return new CommandLine(new UnknownCommand(session))
                .addSubcommand(new ShowUnknownCommand(session));
    }

    private void withHelpAndVersion(CommandLine line) {
        CommandSpec command = line.getCommandSpec();
        command.version("facegate " + version);
        command.usageMessage().footer(FOOTER);
        line.getSubcommands().values().forEach(this::withHelpAndVersion);
    }

    /** What is wrong, then the commands, or for a command its synopsis. */
    private int wronglyUsed(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        boolean root = command.getParent() == null;
        if (failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()) {
            String word = unmatched.getUnmatched().get(0);
            session.say(root ? "There is no command '" + word + "'." : "What is '" + word + "'?");
        } else {
            session.say(failure.getMessage());
        }
        if (root) {
            command.usage(session.err());
        } else {
            session.err().print("Usage: " + command.getHelp().synopsis(7));
            session.say("See " + command.getCommandSpec().qualifiedName() + " --help");
        }
        return ExitCode.USAGE;
    }

    private int failed(Exception failure) {
        if (session.stop().stopped()) {
            return ExitCode.REFUSED;
        }
        if (failure instanceof IOException || failure instanceof MissingPartException) {
            session.say(words(failure));
        } else {
            session.say(
                    "This should not have happened: "
                            + failure
                            + ". The log in the data folder says more.");
            LOG.error("A command failed", failure);
        }
        return ExitCode.REFUSED;
    }

    /** Of a file Java only tells the name. */
    private static String words(Exception failure) {
        if (failure instanceof FileSystemException file && file.getReason() == null) {
            String why = "cannot be used";
            if (file instanceof AccessDeniedException) {
                why = "access is denied";
            } else if (file instanceof NoSuchFileException) {
                why = "there is no such file or folder";
            } else if (file instanceof FileAlreadyExistsException) {
                why = "is there already";
            }
            return file.getFile() + ": " + why;
        }
        return failure.getMessage();
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
