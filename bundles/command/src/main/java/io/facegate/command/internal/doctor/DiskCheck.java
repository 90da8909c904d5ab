// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The disk of the data folder: space, inodes, whether it takes what is written, errors. */
final class DiskCheck implements Check {
    private static final String SUBJECT = "disk";
    private static final long MEGABYTE = 1 << 20;

    /** Below it the gateway does not start. */
    private static final long NEEDED_MEGABYTES = 20;

    private static final long COMFORTABLE_MEGABYTES = 500;
    private static final long FEW_INODES = 2000;

    @Override
    public String subject() {
        return SUBJECT;
    }

    @Override
    public List<Finding> look(Installation installation) throws IOException {
        Path data = installation.data();
        List<Finding> findings = new ArrayList<>();
        if (!Files.isDirectory(data)) {
            findings.add(
                    Finding.warning(
                            SUBJECT,
                            "there is no data folder " + data,
                            "It is made when the gateway starts; if there should be one, name it with --data DIR"));
        }
        Path there = existing(data);
        findings.add(space(there));
        inodes(installation, there).ifPresent(findings::add);
        findings.add(writing(installation, data, there));
        findings.addAll(errors(installation));
        return findings;
    }

    private static Path existing(Path folder) {
        Path there = folder.toAbsolutePath();
        while (!Files.isDirectory(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }

    private static Finding space(Path folder) throws IOException {
        FileStore store = Files.getFileStore(folder);
        long free = store.getUsableSpace() / MEGABYTE;
        String seen =
                free + " MB of " + store.getTotalSpace() / MEGABYTE + " MB free for " + folder;
        String advice =
                "Free some space: sudo apt clean; sudo journalctl --vacuum-size=50M; old backups";
        if (free < NEEDED_MEGABYTES) {
            return Finding.fault(SUBJECT, seen, advice);
        }
        return free < COMFORTABLE_MEGABYTES
                ? Finding.warning(SUBJECT, seen, advice)
                : Finding.ok(SUBJECT, seen);
    }

    private static Optional<Finding> inodes(Installation installation, Path folder) {
        return installation
                .programs()
                .run(Duration.ofSeconds(5), "df", "--output=iavail", folder.toString())
                .filter(Programs.Ended::well)
                .map(Programs.Ended::lastLine)
                .filter(line -> line.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .map(
                        free ->
                                free < FEW_INODES
                                        ? Finding.fault(
                                                SUBJECT,
                                                "only " + free + " more files can be made",
                                                "Delete folders with many small files: sudo du --inodes -xd2 / | sort -n | tail")
                                        : Finding.ok(SUBJECT, "room for " + free + " more files"));
    }

    /** Writes a file and has it put on the disk: a card that is broken is often read-only. */
    private static Finding writing(Installation installation, Path data, Path there) {
        if (isReadOnly(installation, there)) {
            return Finding.fault(
                    SUBJECT,
                    "the file system of " + there + " is read-only",
                    "It becomes so when the card has errors: back the data folder up at once, sudo reboot, and"
                            + " replace the card if it comes back");
        }
        if (!Files.isDirectory(data)) {
            return Finding.ok(SUBJECT, "nothing to write to yet");
        }
        if (!Files.isWritable(data)) {
            return Finding.warning(
                    SUBJECT,
                    "this user may not write to "
                            + data
                            + ", which belongs to "
                            + installation.user(),
                    "Ask as that user, or as root: sudo facegate doctor");
        }
        Path file = data.resolve(".doctor");
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE)) {
            channel.write(ByteBuffer.wrap(new byte[4096]));
            channel.force(true);
            return Finding.ok(SUBJECT, "what is written to " + data + " arrives");
        } catch (IOException e) {
            return Finding.fault(
                    SUBJECT,
                    "writing to " + data + " fails: " + e.getMessage(),
                    "Free some space; if there is enough, replace the card");
        }
    }

    private static boolean isReadOnly(Installation installation, Path folder) {
        String best = "";
        boolean readOnly = false;
        for (String line :
                installation.files().text("proc/self/mounts").orElse("").lines().toList()) {
            String[] columns = line.split(" ");
            if (columns.length > 3) {
                String point = columns[1].replace("\\040", " ");
                if (folder.startsWith(point) && point.length() >= best.length()) {
                    best = point;
                    readOnly = List.of(columns[3].split(",")).contains("ro");
                }
            }
        }
        return readOnly;
    }

    private static List<Finding> errors(Installation installation) {
        List<Finding> findings = new ArrayList<>();
        for (Path disk : installation.files().list("sys/fs/ext4", "*")) {
            OptionalLong errors = installation.files().number(disk.resolve("errors_count"));
            if (errors.isPresent() && errors.getAsLong() > 0) {
                findings.add(
                        Finding.fault(
                                SUBJECT,
                                disk.getFileName()
                                        + ": the file system has counted "
                                        + errors.getAsLong()
                                        + " errors",
                                "Back the data folder up to another disk, then check this one (sudo touch /forcefsck, reboot), and replace the card if it comes back"));
            }
        }
        KernelLog log = KernelLog.of(installation.programs());
        log.disk()
                .ifPresent(
                        line ->
                                findings.add(
                                        Finding.fault(
                                                SUBJECT,
                                                "the kernel tells: " + line,
                                                "The card, or its contact, is failing: back the data folder up to another disk and replace the card")));
        if (findings.isEmpty()) {
            findings.add(
                    log.readable()
                            ? Finding.ok(SUBJECT, "the kernel tells of no errors")
                            : Finding.ok(
                                    SUBJECT,
                                    "what the kernel tells of errors may be read by root only: sudo facegate doctor"));
        }
        return findings;
    }
}
