// SPDX-License-Identifier: Apache-2.0
package io.facegate.guard.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.load.LoadLimit;
import io.facegate.api.load.LoadLimit.Step;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.guard.machine.KernelFiles;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

class WatchTest {
    @TempDir Path root;
    private long seconds;
    private long freeMegabytes = 10_000;
    private Watch watch;

    @BeforeEach
    void calm() throws IOException {
        celsius(50);
        voltage(false);
        memory(500, 0);
        watch = watch(true);
    }

    private Watch watch(boolean enabled) {
        Settings settings =
                new Settings(
                        enabled,
                        78,
                        72,
                        20,
                        60,
                        200,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(120),
                        List.of());
        return new Watch(new KernelFiles(root), settings, () -> OptionalLong.of(freeMegabytes));
    }

    private void put(String place, String content) throws IOException {
        Path file = root.resolve(place);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content + "\n");
    }

    private void celsius(int degrees) throws IOException {
        put("sys/class/thermal/thermal_zone0/type", "cpu-thermal");
        put("sys/class/thermal/thermal_zone0/temp", degrees + "000");
    }

    private void voltage(boolean low) throws IOException {
        put("sys/class/hwmon/hwmon0/name", "rpi_volt");
        put("sys/class/hwmon/hwmon0/in0_lcrit_alarm", low ? "1" : "0");
    }

    private void memory(int available, int pressure) throws IOException {
        put("proc/meminfo", "MemTotal: 948304 kB\nMemAvailable: " + available * 1024 + " kB");
        put("proc/pressure/memory", "some avg10=" + pressure + ".00 avg60=0.00 total=1");
    }

    /** After some seconds. */
    private Step after(int passed) {
        seconds += passed;
        watch.look(TimeUnit.SECONDS.toNanos(seconds));
        return watch.limit().step();
    }

    private Condition condition(String part) {
        return watch.conditions().stream()
                .filter(c -> c.part().equals(part))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void nothingIsEasedOnACoolMachine() {
        assertThat(after(5)).isEqualTo(Step.NONE);
        assertThat(watch.limit()).isEqualTo(LoadLimit.NONE);
        assertThat(condition("machine").level()).isEqualTo(Level.OK);
        assertThat(condition("machine").message()).isEqualTo("50.0 °C, 500 MB of memory available");
        assertThat(condition("disk").level()).isEqualTo(Level.OK);
    }

    @Test
    void heatEasesStepByStepAndCalmTakesBack() throws IOException {
        celsius(84);
        assertThat(after(5)).isEqualTo(Step.RATE);
        assertThat(after(5)).isEqualTo(Step.RATE);
        assertThat(after(15)).isEqualTo(Step.SIZE);
        assertThat(after(20)).isEqualTo(Step.METHOD);
        assertThat(after(60)).isEqualTo(Step.METHOD);
        assertThat(condition("machine").level()).isEqualTo(Level.DEGRADED);
        assertThat(condition("machine").message()).contains("84.0 °C", "cool it", "HOG");
        celsius(60);
        assertThat(after(119)).isEqualTo(Step.METHOD); // calm since the last look in need
        assertThat(after(1)).isEqualTo(Step.SIZE);
        assertThat(condition("machine").message()).contains("the need is over", "larger faces");
        assertThat(after(120)).isEqualTo(Step.RATE);
        assertThat(after(120)).isEqualTo(Step.NONE);
        assertThat(condition("machine").level()).isEqualTo(Level.OK);
    }

    @Test
    void betweenHotAndCoolNothingChanges() throws IOException {
        celsius(79);
        assertThat(after(5)).isEqualTo(Step.RATE);
        celsius(75);
        assertThat(after(1000)).isEqualTo(Step.RATE);
        celsius(71);
        assertThat(after(100)).isEqualTo(Step.RATE);
        celsius(75);
        assertThat(after(10)).isEqualTo(Step.RATE);
        celsius(71);
        assertThat(after(100)).isEqualTo(Step.RATE);
        assertThat(after(20)).isEqualTo(Step.NONE);
    }

    @Test
    void lowVoltageAndScarceMemoryAreNeed() throws IOException {
        voltage(true);
        assertThat(after(5)).isEqualTo(Step.RATE);
        assertThat(condition("machine").message()).contains("power supply");
        voltage(false);
        memory(500, 35);
        assertThat(after(20)).isEqualTo(Step.SIZE);
        assertThat(condition("machine").message()).contains("35.0 % of the time");
        memory(40, 0);
        assertThat(after(20)).isEqualTo(Step.METHOD);
        assertThat(condition("machine").message()).contains("only 40 MB of memory");
    }

    @Test
    void aDiskThatGetsFullIsSpared() {
        freeMegabytes = 150;
        assertThat(after(5)).isEqualTo(Step.NONE);
        assertThat(watch.limit().sparesDisk()).isTrue();
        assertThat(condition("disk").level()).isEqualTo(Level.DEGRADED);
        assertThat(condition("disk").message()).contains("150 MB", "unknown people");
        freeMegabytes = 250;
        after(5);
        assertThat(watch.limit().sparesDisk()).isTrue();
        freeMegabytes = 300;
        after(5);
        assertThat(watch.limit()).isEqualTo(LoadLimit.NONE);
    }

    @Test
    void switchedOffItTellsAndEasesNothing() throws IOException {
        watch = watch(false);
        celsius(90);
        freeMegabytes = 1;
        assertThat(after(5)).isEqualTo(Step.NONE);
        assertThat(watch.limit()).isEqualTo(LoadLimit.NONE);
        assertThat(condition("machine").message()).contains("90.0 °C", "as configured");
        assertThat(condition("disk").level()).isEqualTo(Level.DEGRADED);
    }

    @Test
    void aMachineWithoutSensorsIsLeftAlone() throws IOException {
        watch =
                new Watch(
                        new KernelFiles(root.resolve("nothing")),
                        new Settings(
                                true,
                                78,
                                72,
                                20,
                                60,
                                200,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(120),
                                List.of()),
                        OptionalLong::empty);
        assertThat(after(5)).isEqualTo(Step.NONE);
        assertThat(watch.conditions())
                .containsExactly(new Condition("machine", Level.OK, "no sensors"));
    }
}
