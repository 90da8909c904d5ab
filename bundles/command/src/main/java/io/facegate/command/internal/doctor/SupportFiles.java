// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import io.facegate.command.internal.doctor.ConfigurationFolder.ConfigurationFile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** What somebody needs who is to find out from afar what is wrong. */
final class SupportFiles {
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int LONGEST_LOG = 8 << 20;

    private final Installation installation;
    private final Redaction redaction;
    private final Metatype metatype;
    private final TarFile tar;

    SupportFiles(Installation installation, Redaction redaction, Metatype metatype, TarFile tar) {
        this.installation = installation;
        this.redaction = redaction;
        this.metatype = metatype;
        this.tar = tar;
    }

    void addAll(List<Finding> findings) throws IOException {
        add("doctor.txt", DoctorCommand.text(findings));
        versions();
        gateway();
        configuration();
        logs();
        program("journal.log", "journalctl", "-u", "facegate", "-n", "5000", "--no-pager", "-q");
        program("kernel.log", "dmesg", "--level=emerg,alert,crit,err,warn", "--time-format=iso");
        program("disks.txt", "df", "-h");
        program("inodes.txt", "df", "-i", installation.data().toString());
        program("memory.txt", "free", "-m");
        program("processes.txt", "ps", "-eo", "pid,user,pcpu,pmem,rss,etime,comm", "--sort=-pcpu");
        program(
                "devices.txt",
                "sh",
                "-c",
                "ls -l /dev/video* /dev/media* /dev/dri /dev/fb* /dev/v4l/by-id");
        program("data-folder.txt", "ls", "-lan", installation.data().toString());
        program("service.txt", "systemctl", "status", "facegate", "--no-pager", "-n", "0");
    }

    private void add(String name, String text) throws IOException {
        tar.add(name, redaction.text(text) + "\n");
    }

    private void program(String name, String... words) throws IOException {
        Optional<Programs.Ended> ended = installation.programs().run(LONGEST, words);
        if (ended.isPresent() && !ended.get().text().isBlank()) {
            add(name, "$ " + String.join(" ", words) + "\n" + ended.get().text());
        }
    }

    private void versions() throws IOException {
        StringBuilder text = new StringBuilder("facegate=" + installation.version() + "\n");
        for (String key :
                List.of(
                        "java.version",
                        "java.vm.name",
                        "java.vendor",
                        "java.home",
                        "os.arch",
                        "os.version")) {
            text.append(key).append('=').append(System.getProperty(key)).append('\n');
        }
        for (String place :
                List.of(
                        "proc/device-tree/model",
                        "etc/os-release",
                        "proc/cmdline",
                        "proc/meminfo",
                        "proc/loadavg",
                        "proc/uptime")) {
            installation
                    .files()
                    .text(place)
                    .ifPresent(
                            content ->
                                    text.append("\n/")
                                            .append(place)
                                            .append(":\n")
                                            .append(content.replace("\0", ""))
                                            .append('\n'));
        }
        text.append("\nbundles:\n");
        for (Path jar : VersionCheck.jars(installation.home().resolve("bundle"))) {
            text.append(jar.getFileName()).append(' ').append(Files.size(jar)).append('\n');
        }
        add("versions.txt", text.toString());
    }

    private void gateway() throws IOException {
        asked("status.txt", "status");
        asked("status.json", "status", "--json");
        asked("cameras.txt", "camera", "list");
        asked("counters.txt", "camera", "counters");
        asked("models.txt", "model", "status");
        asked("threads.txt", "status", "--threads");
    }

    private void asked(String name, String... words) throws IOException {
        Optional<String> answer = installation.gateway().ask(words);
        if (answer.isPresent()) {
            add("gateway/" + name, answer.get());
        }
    }

    private void configuration() throws IOException {
        for (ConfigurationFile file : installation.configuration().files().values()) {
            String name = file.path().getFileName().toString();
            tar.add(
                    "configuration/" + name.replaceAll("[^\\x21-\\x7e]", "_"),
                    file.unreadable().isEmpty()
                            ? redaction.configuration(file, metatype)
                            : "cannot be read: " + file.unreadable() + "\n");
        }
    }

    private void logs() throws IOException {
        Path folder = installation.data().resolve("logs");
        if (!Files.isReadable(folder)) {
            return;
        }
        List<Path> logs;
        try (Stream<Path> files = Files.list(folder)) {
            logs =
                    files.filter(
                                    file ->
                                            file.getFileName()
                                                    .toString()
                                                    .matches("[\\w.-]+\\.log(\\.gz)?"))
                            .sorted()
                            .toList();
        }
        for (Path log : logs) {
            String name = log.getFileName().toString();
            try (InputStream file = Files.newInputStream(log);
                    InputStream in = name.endsWith(".gz") ? new GZIPInputStream(file) : file) {
                String text = new String(in.readNBytes(LONGEST_LOG), StandardCharsets.UTF_8);
                add("logs/" + name.replace(".gz", ""), text);
            } catch (IOException e) {
                add("logs/" + name + ".txt", "cannot be read: " + e);
            }
        }
    }
}
