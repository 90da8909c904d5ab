// SPDX-License-Identifier: Apache-2.0
package io.facegate.guard.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class MachineTest {
    @TempDir Path root;
    private KernelFiles files;

    @BeforeEach
    void look() {
        files = new KernelFiles(root);
    }

    private void put(String place, String content) throws IOException {
        Path file = root.resolve(place);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content + "\n");
    }

    @Test
    void aMachineThatTellsNothingHasNoFigures() {
        assertThat(Temperature.hottest(files)).isEmpty();
        assertThat(Voltage.low(files)).isEmpty();
        assertThat(Memory.of(files)).isEmpty();
        assertThat(Memory.pressure(files)).isEmpty();
    }

    @Test
    void theHottestSensorOfTheProcessorCounts() throws IOException {
        put("sys/class/thermal/thermal_zone0/type", "cpu-thermal");
        put("sys/class/thermal/thermal_zone0/temp", "61835");
        put("sys/class/thermal/thermal_zone1/type", "iwlwifi_1");
        put("sys/class/thermal/thermal_zone1/temp", "95000");
        put("sys/class/thermal/thermal_zone2/type", "cpu-thermal");
        put("sys/class/thermal/thermal_zone2/temp", "-274000");
        assertThat(Temperature.hottest(files)).contains(new Temperature("cpu-thermal", 61.835));
    }

    @Test
    void hardwareMonitorsAreAskedWhereThereAreNoZones() throws IOException {
        put("sys/class/hwmon/hwmon0/name", "coretemp");
        put("sys/class/hwmon/hwmon0/temp1_input", "48000");
        assertThat(Temperature.hottest(files)).contains(new Temperature("coretemp", 48));
    }

    @Test
    void theMonitorOfTheRaspberryPiTellsOfItsVoltage() throws IOException {
        put("sys/class/hwmon/hwmon0/name", "cpu_thermal");
        put("sys/class/hwmon/hwmon0/in0_lcrit_alarm", "0");
        put("sys/class/hwmon/hwmon1/name", "rpi_volt");
        put("sys/class/hwmon/hwmon1/in0_lcrit_alarm", "1");
        assertThat(Voltage.low(files)).contains(true);
        put("sys/class/hwmon/hwmon1/in0_lcrit_alarm", "0");
        assertThat(Voltage.low(files)).contains(false);
    }

    @Test
    void bitsOfTheFirmwareHaveWords() {
        Throttling throttling = Throttling.of("throttled=0x50005\n").orElseThrow();
        assertThat(throttling.now())
                .containsExactly("the voltage is too low", "the processor is throttled");
        assertThat(throttling.sinceStart()).isEqualTo(throttling.now());
        assertThat(Throttling.of("throttled=0x0").orElseThrow().now()).isEmpty();
        assertThat(Throttling.of("VCHI initialization failed")).isEmpty();
    }

    @Test
    void memoryIsReadFromTheKernel() throws IOException {
        put("proc/meminfo", "MemTotal:  948304 kB\nMemFree: 1 kB\nMemAvailable:   201728 kB");
        put(
                "proc/pressure/memory",
                "some avg10=12.50 avg60=0.10 avg300=0.00 total=1\n"
                        + "full avg10=3.00 avg60=0.00 avg300=0.00 total=1");
        assertThat(Memory.of(files)).contains(new Memory(926, 197));
        assertThat(Memory.pressure(files)).hasValue(12.5);
        put("proc/pressure/memory", "nonsense");
        assertThat(Memory.pressure(files)).isEmpty();
    }
}
