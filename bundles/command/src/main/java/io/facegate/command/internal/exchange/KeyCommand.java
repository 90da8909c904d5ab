// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.exchange;

import io.facegate.api.store.StoreEncryption;
import io.facegate.api.store.StoreException;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code facegate key}: the key that the store is encrypted with. */
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        description = "Encrypts faces and encodings in the store with a key file.")
public final class KeyCommand implements Callable<Integer> {
    private static final String CONFIGURE =
            "key.file=\"%s\" in conf/io.facegate.store.config of the data folder, or"
                    + " FACEGATE_KEY_FILE";

    private final Session session;

    @Spec private CommandSpec spec;

    public KeyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "key: make, show, change or remove?");
    }

    @Command(
            name = "make",
            mixinStandardHelpOptions = true,
            description = "Makes a key file; the store is encrypted once it is configured.")
    int make(@Parameters(paramLabel = "FILE", description = "The file, not there yet") String file)
            throws MissingPartException, StoreException {
        Path path = session.path(file).toAbsolutePath().normalize();
        String id = encryption().makeKey(path);
        session.say(
                "Made the key file "
                        + path
                        + " (id "
                        + id
                        + "). Keep a copy of it elsewhere: without it the faces are lost.");
        session.say("To encrypt the store: " + CONFIGURE.formatted(path) + ".");
        return ExitCode.DONE;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Prints the id of the key that the store is encrypted with.")
    int show() throws MissingPartException, StoreException {
        Optional<String> id = encryption().keyId();
        if (id.isEmpty()) {
            session.say("The store is not encrypted.");
        } else {
            session.out().println(id.get());
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "change",
            mixinStandardHelpOptions = true,
            description = "Encrypts everything with the key of another file, in one step.")
    int change(@Parameters(paramLabel = "FILE", description = "The other key file") String file)
            throws MissingPartException, StoreException {
        Path path = session.path(file).toAbsolutePath().normalize();
        String id = encryption().changeKey(path);
        session.say("Everything is encrypted with the key of " + path + " (id " + id + ") now.");
        session.say(
                "Without it the store cannot be opened any more. Name it: "
                        + CONFIGURE.formatted(path)
                        + ".");
        return ExitCode.DONE;
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = {
                "Decrypts everything, in one step. Take the key file out of the configuration"
                        + " first: with it the store would be encrypted again."
            })
    int remove(
            @Parameters(paramLabel = "FILE", description = "The key file of the store") String file)
            throws MissingPartException, StoreException {
        encryption().removeKey(session.path(file).toAbsolutePath().normalize());
        session.say("The store is not encrypted any more.");
        return ExitCode.DONE;
    }

    private StoreEncryption encryption() throws MissingPartException {
        return session.require(StoreEncryption.class);
    }
}
