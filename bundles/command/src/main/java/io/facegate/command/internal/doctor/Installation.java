// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import io.facegate.command.internal.session.Parts;
import io.facegate.guard.machine.KernelFiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is looked at.
 *
 * @param files of the kernel
 * @param home folder of the distribution
 * @param data the data folder, which need not be there
 * @param version of the distribution
 * @param programs how programs are run
 * @param gateway the gateway that runs with the data folder, if one does
 */
public record Installation(
        KernelFiles files,
        Path home,
        Path data,
        String version,
        Programs programs,
        RunningGateway gateway) {

    /** That of the process itself. */
    public static Installation of(Parts parts) {
        Path data = parts.data();
        return new Installation(
                KernelFiles.OF_THIS_MACHINE,
                Path.of(parts.property("facegate.home").orElse(".")),
                data.toAbsolutePath(),
                parts.property("facegate.version").orElse("unknown"),
                new Programs(),
                new RunningGateway(data));
    }

    /** The configuration as it is in files now. */
    ConfigurationFolder configuration() {
        return ConfigurationFolder.read(data.resolve("conf"));
    }

    /**
     * Who owns the data folder, which is who runs the gateway; whoever asks when there is none yet.
     */
    String user() {
        try {
            return Files.getOwner(data).getName();
        } catch (IOException e) {
            return System.getProperty("user.name", "root");
        }
    }

    /** Whether there is a data folder that this user may not look into. */
    boolean isClosed() {
        return Files.isDirectory(data) && !(Files.isReadable(data) && Files.isExecutable(data));
    }

    /** How to call a command so that it works on this data folder. */
    String command(String words) {
        return "facegate " + words + dataOption();
    }

    private String dataOption() {
        return Optional.ofNullable(System.getenv("FACEGATE_DATA"))
                        .filter(named -> Path.of(named).toAbsolutePath().equals(data))
                        .isPresent()
                ? ""
                : " --data " + data;
    }
}
