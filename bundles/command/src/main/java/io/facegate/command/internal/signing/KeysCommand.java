// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.signing;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.api.deploy.BundleKeys;
import io.facegate.api.deploy.LookedAtBundle;
import io.facegate.api.deploy.TrustedSigner;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.Json;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;
import io.facegate.command.internal.session.Table;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code facegate keys}: who may sign bundles, and signing them. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = {
            "Signs bundles and models, and says whose signature counts.",
            "What is changed counts at once, for a gateway that runs as well."
        })
public final class KeysCommand implements Callable<Integer> {
    private static final int SHOWN_DIGITS = 16;

    private final Session session;

    @Spec private CommandSpec spec;

    public KeysCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "keys: make, sign, sign-installation, check, list, trust, revoke or require?");
    }

    @Command(
            name = "make",
            mixinStandardHelpOptions = true,
            description = "Makes a key to sign with, and its certificate beside it.")
    int make(
            @Parameters(
                            paramLabel = "FILE",
                            description = "The key, such as anna.p12; not there yet")
                    String file,
            @Option(
                            names = "--name",
                            required = true,
                            paramLabel = "NAME",
                            description = "Whom the certificate names")
                    String name,
            @Mixin KeyPassword password)
            throws MissingPartException, IOException {
        Path key = session.path(file).toAbsolutePath().normalize();
        TrustedSigner made = keys().make(key, name, password.read(session, spec));
        session.say(
                "Made the key "
                        + key
                        + ", valid until "
                        + day(made.notAfter())
                        + ". Keep it and its password where nobody else comes by.");
        session.say(
                "Its certificate lies beside it, in a file that ends in .pem. On each gateway that is"
                        + " to use what you sign: facegate keys trust CERTIFICATE");
        session.out().println(made.fingerprint());
        return ExitCode.DONE;
    }

    @Command(
            name = "sign",
            mixinStandardHelpOptions = true,
            description = "Signs bundles; their files are replaced by signed ones.")
    int sign(
            @Parameters(paramLabel = "FILE", arity = "1..*", description = "Bundles")
                    List<String> files,
            @Option(
                            names = "--key",
                            required = true,
                            paramLabel = "FILE",
                            description = "The key, as keys make made it")
                    String key,
            @Mixin KeyPassword password)
            throws MissingPartException, IOException {
        BundleKeys keys = keys();
        char[] secret = password.read(session, spec);
        for (String file : files) {
            TrustedSigner signer = keys.sign(session.path(file), session.path(key), secret);
            session.say("Signed " + file + " by " + signer.name() + ".");
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "sign-installation",
            mixinStandardHelpOptions = true,
            description = {
                "Signs the bundles of an installation that is to be given to others, and makes the"
                        + " certificate that of its maker, who is trusted there.",
                "An archive is unpacked before; ./facegate dist --sign does all of it."
            })
    int signInstallation(
            @Parameters(paramLabel = "FOLDER", description = "What an archive unpacks to")
                    String folder,
            @Option(
                            names = "--key",
                            required = true,
                            paramLabel = "FILE",
                            description = "The key, as keys make made it")
                    String key,
            @Mixin KeyPassword password)
            throws MissingPartException, IOException {
        TrustedSigner signer =
                keys().signInstallation(
                                session.path(folder),
                                session.path(key),
                                password.read(session, spec));
        session.say(
                "Signed the bundles of "
                        + folder
                        + " by "
                        + signer.name()
                        + " (SHA-256 "
                        + signer.fingerprint()
                        + ").");
        return ExitCode.DONE;
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Says whether the gateway would use a bundle's file, and who signed it.")
    int check(@Parameters(paramLabel = "FILE", description = "A bundle") String file)
            throws MissingPartException, IOException {
        TrustedSigner signer = keys().check(session.path(file));
        session.out().println(file + " is signed by " + signer.name() + ", who is trusted.");
        return ExitCode.DONE;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the certificates that are trusted, and revoked ones.")
    int list(
            @Option(names = "--json", description = "As JSON") boolean json,
            @Option(
                            names = "--bundles",
                            description =
                                    "Reads every bundle of the installation and of load/, and tells"
                                            + " who signed it; takes seconds")
                    boolean bundles)
            throws MissingPartException, IOException {
        List<TrustedSigner> signers = keys().signers();
        boolean required = keys().required();
        List<LookedAtBundle> looked = bundles ? keys().lookAtAll() : List.of();
        if (json) {
            JsonObject all = json(signers, required);
            if (bundles) {
                all.add("bundles", json(looked));
            }
            session.out().println(Json.text(all));
            return ExitCode.DONE;
        }
        session.say(
                required
                        ? "Bundles beside those of the installation must be signed by one of these."
                        : "Signatures are not required (facegate keys require on).");
        if (!signers.isEmpty()) {
            Table table = new Table("FINGERPRINT", "NAME", "UNTIL", "");
            for (TrustedSigner signer : signers) {
                table.row(
                        signer.fingerprint().substring(0, SHOWN_DIGITS),
                        signer.name(),
                        day(signer.notAfter()),
                        state(signer));
            }
            session.out().print(table);
        }
        if (bundles) {
            Table table = new Table("BUNDLE", "VERSION", "FOLDER", "SIGNATURE");
            for (LookedAtBundle one : looked) {
                Path folder = one.file().toAbsolutePath().getParent();
                table.row(one.name(), one.version(), folder.toString(), one.signature());
            }
            session.out().print(table);
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "trust",
            mixinStandardHelpOptions = true,
            description = "Trusts what is signed with a certificate, or with one it issued.")
    int trust(
            @Parameters(paramLabel = "FILE", description = "The certificate, PEM or DER")
                    String file)
            throws MissingPartException, IOException {
        TrustedSigner signer = keys().trust(session.path(file));
        session.say(
                "Trusts "
                        + signer.name()
                        + " until "
                        + day(signer.notAfter())
                        + ". Compare its SHA-256 with what its owner tells you: "
                        + signer.fingerprint());
        if (!keys().required()) {
            session.say(
                    "Unsigned bundles are still used; to refuse them: facegate keys require on");
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = {
                "Refuses what is signed with a certificate from now on, for ever.",
                "What runs goes on until it is restarted."
            })
    int revoke(
            @Parameters(
                            paramLabel = "FINGERPRINT",
                            description = "Its first digits in keys list, 8 or more")
                    String fingerprint)
            throws MissingPartException, IOException {
        Optional<TrustedSigner> signer = keys().revoke(fingerprint);
        if (signer.isEmpty()) {
            session.say(
                    "There is no certificate, or not only one, whose fingerprint begins with "
                            + fingerprint
                            + ": facegate keys list shows them. One that is not known here is named by"
                            + " all 64 digits.");
            return ExitCode.REFUSED;
        }
        session.say("Revoked " + signer.get().name() + " (" + signer.get().fingerprint() + ").");
        return ExitCode.DONE;
    }

    @Command(
            name = "require",
            mixinStandardHelpOptions = true,
            description = "Sets whether bundles must be signed: on or off.")
    int require(@Parameters(paramLabel = "on|off") Switch to)
            throws MissingPartException, IOException {
        keys().require(to == Switch.ON);
        session.say(
                to == Switch.ON
                        ? "Only signed bundles are used from now on. What runs goes on."
                        : "Unsigned bundles are used, too.");
        return ExitCode.DONE;
    }

    private BundleKeys keys() throws MissingPartException {
        return session.require(BundleKeys.class);
    }

    private static String state(TrustedSigner signer) {
        String whose = signer.maker() ? ", made this installation" : "";
        return (signer.revoked() ? "revoked" : "trusted") + whose;
    }

    private static JsonArray json(List<LookedAtBundle> bundles) {
        JsonArray all = new JsonArray();
        for (LookedAtBundle bundle : bundles) {
            JsonObject one = new JsonObject();
            one.addProperty("file", bundle.file().toString());
            one.addProperty("name", bundle.name());
            one.addProperty("version", bundle.version());
            one.addProperty("signature", bundle.signature());
            one.addProperty("trusted", bundle.trusted());
            all.add(one);
        }
        return all;
    }

    private static JsonObject json(List<TrustedSigner> signers, boolean required) {
        JsonArray all = new JsonArray();
        for (TrustedSigner signer : signers) {
            JsonObject one = new JsonObject();
            one.addProperty("fingerprint", signer.fingerprint());
            one.addProperty("name", signer.name());
            one.addProperty("until", day(signer.notAfter()));
            one.addProperty("revoked", signer.revoked());
            one.addProperty("maker", signer.maker());
            all.add(one);
        }
        JsonObject json = new JsonObject();
        json.addProperty("required", required);
        json.add("signers", all);
        return json;
    }

    private static String day(Instant time) {
        return time.equals(Instant.MAX)
                ? "-"
                : LocalDate.ofInstant(time, ZoneOffset.UTC).toString();
    }

    /** On or off. */
    enum Switch {
        ON,
        OFF
    }

    /** Where a password comes from; never from the command line, which everybody can read. */
    static final class KeyPassword {
        @Option(
                names = "--password-file",
                paramLabel = "FILE",
                description = "Its first line is the key's password (or FACEGATE_KEYS_PASSWORD)")
        private String file;

        char[] read(Session session, CommandSpec spec) throws IOException {
            String password = System.getenv("FACEGATE_KEYS_PASSWORD");
            if (file != null) {
                password = Files.readAllLines(session.path(file)).stream().findFirst().orElse("");
            }
            if (password == null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "keys: the password of the key comes from --password-file FILE, or from"
                                + " FACEGATE_KEYS_PASSWORD in the environment");
            }
            return password.toCharArray();
        }
    }
}
