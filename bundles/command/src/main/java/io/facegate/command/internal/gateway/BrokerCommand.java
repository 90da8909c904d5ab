// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.gateway;

import io.facegate.broker.users.AclFile;
import io.facegate.broker.users.BrokerUser;
import io.facegate.broker.users.PasswordHash;
import io.facegate.broker.users.UsersFile;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.GivenFile;
import io.facegate.command.internal.session.Session;
import io.facegate.command.internal.session.Table;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code facegate broker}: who may log in at the embedded MQTT broker. */
@Command(
        name = "broker",
        mixinStandardHelpOptions = true,
        description = {
            "Users of the gateway's own MQTT broker. A broker that runs takes changes over at once;"
                    + " what roles may do is in broker.acl of the data folder."
        })
public final class BrokerCommand implements Callable<Integer> {
    /** No characters that look alike. */
    private static final String LETTERS =
            "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static final int LENGTH = 20;

    private final Session session;

    @Spec private CommandSpec spec;

    public BrokerCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "broker: add, list or remove?");
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = {
                "Adds a user, or gives one another password and role. Without --password-file it"
                        + " makes a password and prints it, once."
            })
    int add(
            @Parameters(paramLabel = "NAME", description = "For a gateway its id") String name,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            description =
                                    "gateway, viewer, commander, admin, or another of broker.acl")
                    String role,
            @Option(
                            names = "--password-file",
                            paramLabel = "FILE",
                            description =
                                    "Its first line is the password; - reads it from standard"
                                            + " input")
                    String file)
            throws IOException {
        AclFile acl = new AclFile(session.parts().data().resolve(AclFile.NAME));
        Set<String> roles = acl.read().keySet();
        if (!roles.contains(role)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "there is no role " + role + "; there are: " + String.join(", ", roles));
        }
        String password = file == null ? made() : read(file);
        try {
            users().put(new BrokerUser(name, role, PasswordHash.of(password)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        if (acl.writeDefault()) {
            session.say("What roles may do is in " + acl.path() + " now.");
        }
        session.say(name + " may log in as " + role + ".");
        if (file == null) {
            session.out().println(password);
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the users and their roles.")
    int list() throws IOException {
        Map<String, BrokerUser> users = users().read();
        if (users.isEmpty()) {
            session.say("There are no users.");
            return ExitCode.DONE;
        }
        Table table = new Table("NAME", "ROLE");
        users.values().forEach(user -> table.row(user.name(), user.role()));
        session.out().print(table);
        return ExitCode.DONE;
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Removes a user, whose connections end.")
    int remove(@Parameters(paramLabel = "NAME") String name) throws IOException {
        if (users().remove(name)) {
            session.say(name + " may log in no longer.");
            return ExitCode.DONE;
        }
        session.say("There is no user " + name + ".");
        return ExitCode.REFUSED;
    }

    private UsersFile users() {
        return new UsersFile(session.parts().data().resolve(UsersFile.NAME));
    }

    private static String made() {
        SecureRandom random = new SecureRandom();
        return random.ints(LENGTH, 0, LETTERS.length())
                .mapToObj(i -> LETTERS.substring(i, i + 1))
                .reduce("", String::concat);
    }

    private String read(String name) throws IOException {
        try (GivenFile file = GivenFile.open(session, name);
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(file.stream(), StandardCharsets.UTF_8))) {
            String password = lines.readLine();
            if (password == null || password.isEmpty()) {
                throw new IOException(
                        "There is no password in the first line of " + file.name() + ".");
            }
            return password;
        }
    }
}
