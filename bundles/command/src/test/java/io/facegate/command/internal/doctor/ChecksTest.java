// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.command.internal.doctor.Finding.Level;
import io.facegate.guard.machine.KernelFiles;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

class ChecksTest {
    @TempDir Path temp;
    private final FakePrograms programs = new FakePrograms();
    private Path root;
    private Path data;
    private Installation installation;

    @BeforeEach
    void install() throws IOException {
        root = Files.createDirectory(temp.resolve("root"));
        data = Files.createDirectories(temp.resolve("data/conf")).getParent();
        Files.createDirectories(temp.resolve("home/bundle"));
        installation =
                new Installation(
                        new KernelFiles(root),
                        temp.resolve("home"),
                        data,
                        "1.2.3",
                        programs,
                        new RunningGateway(data));
    }

    private void put(Path folder, String place, String content) throws IOException {
        Path file = folder.resolve(place);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content + "\n");
    }

    private void printed(String program, String text) {
        programs.answers.put(program, new Programs.Ended(0, text));
    }

    private List<Finding> look(Check check) throws IOException {
        return check.look(installation);
    }

    private static List<Finding> worse(List<Finding> findings) {
        return findings.stream().filter(f -> f.level() != Level.OK).toList();
    }

    @Test
    void aMachineThatTellsNothingIsNoFault() throws IOException {
        assertThat(worse(look(new PowerCheck()))).isEmpty();
        assertThat(worse(look(new DiskCheck()))).isEmpty();
        assertThat(look(new MemoryCheck()))
                .first()
                .extracting(Finding::level)
                .isEqualTo(Level.WARNING);
    }

    @Test
    void heatAndLowVoltageHaveTheirRemedies() throws IOException {
        put(root, "sys/class/thermal/thermal_zone0/type", "cpu-thermal");
        put(root, "sys/class/thermal/thermal_zone0/temp", "83000");
        put(root, "sys/class/hwmon/hwmon1/name", "rpi_volt");
        put(root, "sys/class/hwmon/hwmon1/in0_lcrit_alarm", "1");
        printed("vcgencmd", "throttled=0x50000\n");
        printed("dmesg", "2026-01-01 kern  :crit  : hwmon hwmon1: Undervoltage detected!\n");
        List<Finding> findings = worse(look(new PowerCheck()));
        assertThat(findings)
                .extracting(Finding::level)
                .containsExactly(Level.FAULT, Level.FAULT, Level.WARNING, Level.WARNING);
        assertThat(findings.get(0).advice()).contains("Cool it");
        assertThat(findings.get(1).advice()).contains("power supply");
        assertThat(findings.get(2).seen()).contains("since the start", "voltage is too low");
    }

    @Test
    void aFailingCardIsTold() throws IOException {
        put(root, "proc/self/mounts", "/dev/mmcblk0p2 / ext4 ro,noatime 0 0");
        put(root, "sys/fs/ext4/mmcblk0p2/errors_count", "3");
        printed("dmesg", "x\nI/O error, dev mmcblk0, sector 1 op 0x1:(WRITE)\nmmc0: ok\n");
        printed("df", " IFree\n     7\n");
        assertThat(worse(look(new DiskCheck())))
                .allMatch(f -> f.level() == Level.FAULT)
                .extracting(Finding::seen)
                .anyMatch(seen -> seen.contains("read-only"))
                .anyMatch(seen -> seen.contains("counted 3 errors"))
                .anyMatch(seen -> seen.contains("I/O error, dev mmcblk0"))
                .anyMatch(seen -> seen.contains("only 7 more files"));
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:10:00Z, false, FAULT",
        "2099-01-01T00:00:00Z, true, FAULT",
        "2026-06-01T00:00:00Z, false, WARNING",
        "2026-06-01T00:00:00Z, true, OK",
        "2026-06-01T00:00:00Z, , OK"
    })
    void theClockIsJudged(Instant now, Boolean isSynchronized, Level level) {
        assertThat(ClockCheck.judged(now, Optional.ofNullable(isSynchronized)).level())
                .isEqualTo(level);
    }

    @Test
    void memoryIsScarceStalledAndKilledFor() throws IOException {
        put(root, "proc/meminfo", "MemTotal: 948304 kB\nMemAvailable: 51200 kB");
        put(root, "proc/pressure/memory", "some avg10=42.00 avg60=0.10 avg300=0.00 total=1");
        put(root, "proc/vmstat", "nr_free_pages 1\noom_kill 2");
        assertThat(look(new MemoryCheck()))
                .extracting(Finding::level)
                .containsExactly(Level.FAULT, Level.WARNING, Level.WARNING);
    }

    private void describeConfiguration() throws IOException {
        String description =
                """
                <m:MetaData xmlns:m="http://www.osgi.org/xmlns/metatype/v1.2.0"><OCD id="x">
                <AD id="upsample" type="Integer" min="0" max="2"/>
                <AD id="tolerance" type="Double"/>
                <AD id="method" type="String"><Option label="h" value="hog"/></AD>
                <AD id="zones" type="String" cardinality="2147483647"/>
                <AD id=".password" type="Password"/></OCD>
                <Designate pid="io.facegate.pipeline"><Object ocdref="x"/></Designate></m:MetaData>
                """;
        Path jar = temp.resolve("home/bundle/io.facegate.pipeline-1.2.3.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("OSGI-INF/metatype/x.xml"));
            out.write(description.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void configure(String text) throws IOException {
        put(data, "conf/io.facegate.pipeline.config", text);
    }

    @Test
    void rightConfigurationIsUnderstood() throws IOException {
        describeConfiguration();
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        configure(
                "# why\nupsample=I\"1\"\n tolerance = D\"0.55\"\nmethod=\"hog\"\n.password=\"a\\\"b\\=c\"\n"
                        + "zones=[ \\\n  \"door: 0,0 1,0 1,1\", \\\n  ]\n\nfelix.fileinstall.filename=\"x\"");
        assertThat(worse(look(new ConfigurationCheck()))).isEmpty();
        assertThat(installation.configuration().value("io.facegate.pipeline", ".password", ""))
                .isEqualTo("a\"b=c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "upsample=I\"3\" | at most 2",
                "upsample=\"many\" | whole number",
                "tolerance=D\"1\" | needs its point",
                "method=\"cnn\" | one of: hog",
                "methd=\"hog\" | is not known here",
                "this is nothing | line 1 cannot be understood"
            })
    void mistakesInConfigurationAreNamed(String line, String said) throws IOException {
        describeConfiguration();
        configure(line);
        assertThat(look(new ConfigurationCheck()))
                .extracting(Finding::seen)
                .anyMatch(seen -> seen.contains(said));
    }

    /** Answers the first connection with a CONNACK. */
    private int broker(int code) throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread thread =
                new Thread(
                        () -> {
                            try (server;
                                    Socket client = server.accept()) {
                                InputStream in = client.getInputStream();
                                in.readNBytes(2);
                                client.getOutputStream()
                                        .write(new byte[] {0x20, 2, 0, (byte) code});
                                in.readAllBytes();
                            } catch (IOException e) {
                                return; // the test failed
                            }
                        });
        thread.setDaemon(true);
        thread.start();
        return server.getLocalPort();
    }

    @ParameterizedTest
    @CsvSource({
        "0, OK, lets the gateway in",
        "4, FAULT, refuses user or password",
        "5, FAULT, not let"
    })
    void theBrokersAnswerIsTold(int code, Level level, String said) throws IOException {
        put(
                data,
                "conf/io.facegate.mqtt.config",
                "brokerUrl=\"tcp://127.0.0.1:"
                        + broker(code)
                        + "\"\nuser=\"pi\"\n.password=\"geheim\"");
        Finding finding = look(new BrokerCheck()).get(0);
        assertThat(finding.level()).isEqualTo(level);
        assertThat(finding.seen()).contains(said).contains("pi").doesNotContain("geheim");
    }

    @Test
    void aBrokerThatIsNotThereIsTold() throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        put(data, "conf/io.facegate.mqtt.config", "brokerUrl=\"tcp://127.0.0.1:" + port + "\"");
        assertThat(look(new BrokerCheck()).get(0).seen()).contains("nobody answers");
        put(data, "conf/io.facegate.mqtt.config", "brokerUrl=\"http://127.0.0.1\"");
        assertThat(look(new BrokerCheck()).get(0).seen()).contains("not http://");
    }

    @Test
    void ofSeveralBrokersOneIsEnough() throws IOException {
        put(
                data,
                "conf/io.facegate.mqtt.config",
                "brokerUrl=\"tcp://127.0.0.1:1,tcp://127.0.0.1:" + broker(0) + "\"");
        assertThat(look(new BrokerCheck()))
                .extracting(Finding::level)
                .containsExactly(Level.WARNING, Level.OK);
    }

    @Test
    void whatIsNoWebSocketIsTold() throws IOException {
        put(
                data,
                "conf/io.facegate.mqtt.config",
                "brokerUrl=\"ws://127.0.0.1:" + broker(0) + "/mqtt\"");
        Finding finding = look(new BrokerCheck()).get(0);
        assertThat(finding.level()).isEqualTo(Level.FAULT);
        assertThat(finding.seen()).startsWith("ws://127.0.0.1:");
    }

    @Test
    void aCertificateThatIsNotThereIsTold() throws IOException {
        put(
                data,
                "conf/io.facegate.mqtt.config",
                "brokerUrl=\"ssl://127.0.0.1:1\"\ncertFile=\"/nowhere/pi.pem\"");
        Finding finding = look(new BrokerCheck()).get(0);
        assertThat(finding.level()).isEqualTo(Level.FAULT);
        assertThat(finding.advice()).contains("certFile");
    }

    @Test
    void camerasAreLookedForWithoutAGateway() throws IOException {
        put(root, "sys/class/video4linux/video0/name", "C920");
        put(root, "sys/class/video4linux/video10/name", "bcm2835-codec-decode");
        put(data, "conf/io.facegate.camera-a.config", "camera.id=\"a\"\nlocation=\"/dev/video99\"");
        put(data, "conf/io.facegate.camera-b.config", "camera.id=\"b\"\nenabled=B\"false\"");
        assertThat(look(new CameraCheck()))
                .extracting(Finding::seen)
                .containsExactly(
                        "devices: /dev/video0 (C920)",
                        "camera a: /dev/video99 is not there",
                        "camera b is switched off");
    }

    @Test
    void aPortThatSomebodyHasIsTold() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            put(
                    data,
                    "conf/org.apache.felix.http.config",
                    "org.osgi.service.http.port=\"" + server.getLocalPort() + "\"");
            assertThat(worse(look(new PortCheck())))
                    .singleElement()
                    .satisfies(f -> assertThat(f.advice()).contains("ss -ltnp", "--port"));
        }
    }

    @Test
    void aServiceThatFailedIsTold() throws IOException {
        printed(
                "systemctl",
                "LoadState=loaded\nActiveState=failed\nNRestarts=7\nResult=watchdog\n");
        put(data, "logs/crash-12.log", "#");
        assertThat(look(new GatewayCheck()))
                .extracting(Finding::seen)
                .anyMatch(seen -> seen.startsWith("none runs"))
                .anyMatch(seen -> seen.contains("failed, restarted 7 times by itself (watchdog)"))
                .anyMatch(seen -> seen.contains("crash-12.log"));
    }

    @Test
    void damagedModelsAndJarsAreTold() throws IOException {
        Files.writeString(temp.resolve("home/bundle/io.facegate.api-1.2.2.jar"), "no jar");
        assertThat(look(new ModelCheck())).extracting(Finding::level).contains(Level.FAULT);
        printed("getconf", "glibc 2.36\n");
        assertThat(look(new VersionCheck()))
                .extracting(Finding::seen)
                .anyMatch(seen -> seen.equals("damaged: io.facegate.api-1.2.2.jar"));
    }

    @Test
    void whatFailsToLookIsAFinding() {
        Check broken =
                new Check() {
                    @Override
                    public String subject() {
                        return "luck";
                    }

                    @Override
                    public List<Finding> look(Installation installation) {
                        throw new NoClassDefFoundError("org/sqlite/JDBC");
                    }
                };
        List<Finding> findings =
                new Doctor(List.of(broken, new PowerCheck()))
                        .examine(installation, () -> false, subject -> {});
        assertThat(findings).hasSize(2);
        assertThat(findings.get(0).seen()).contains("could not be looked at", "org/sqlite/JDBC");
        assertThat(DoctorCommand.worst(findings)).isEqualTo(Level.WARNING);
        assertThat(DoctorCommand.text(findings)).endsWith("0 faults, 1 warning.\n");
    }
}
