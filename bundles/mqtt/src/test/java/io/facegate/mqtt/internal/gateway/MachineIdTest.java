// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class MachineIdTest {
    @TempDir Path root;

    @Test
    void copiesOfACardDifferOnOtherMachines() throws Exception {
        write("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
        String none = MachineId.digits(root);
        assertThat(none).matches("[0-9a-f]{6}");
        write("sys/class/net/eth0/address", "dc:a6:32:00:00:01\n");
        write("sys/class/net/eth0/device/uevent", "");
        String one = MachineId.digits(root);
        write("sys/class/net/docker0/address", "02:42:00:00:00:01\n");
        assertThat(MachineId.digits(root)).as("with a bridge").isEqualTo(one).isNotEqualTo(none);
        write("sys/class/net/eth0/address", "dc:a6:32:00:00:02\n");
        assertThat(MachineId.digits(root)).as("another machine").isNotEqualTo(one);
        write("proc/device-tree/serial-number", "100000001a2b3c4d\0");
        String serial = MachineId.digits(root);
        write("sys/class/net/eth0/address", "dc:a6:32:00:00:03\n");
        assertThat(MachineId.digits(root)).as("of the same board").isEqualTo(serial);
    }

    private void write(String file, String content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
