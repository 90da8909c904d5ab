// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.gateway;

import io.facegate.api.camera.CameraLogin;
import io.facegate.command.internal.session.GivenFile;
import io.facegate.command.internal.session.Session;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** User and password at cameras; a password among the options would be seen by everybody. */
final class LogInArguments {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "User at the cameras; with --password-file")
    private String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Its first line is that user's password; - reads it from standard input")
    private String passwordFile;

    /**
     * Reads the password.
     *
     * @throws IOException it cannot be read
     */
    Optional<CameraLogin> login(Session session) throws IOException {
        if (user == null && passwordFile == null) {
            return Optional.empty();
        }
        if (user == null || user.isEmpty() || passwordFile == null) {
            throw new ParameterException(
                    command.commandLine(), "--user and --password-file go together");
        }
        try (GivenFile file = GivenFile.open(session, passwordFile);
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(file.stream(), StandardCharsets.UTF_8))) {
            String password = lines.readLine();
            if (password == null || password.isEmpty()) {
                throw new IOException(
                        "There is no password in the first line of " + file.name() + ".");
            }
            return Optional.of(new CameraLogin(user, password));
        }
    }
}
