// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.broker.users.BrokerUser;
import io.facegate.broker.users.UsersFile;
import io.facegate.command.internal.fake.FakeParts;
import io.facegate.command.internal.fake.Terminal;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

class BrokerCommandTest {
    @TempDir Path data;
    private final FakeParts parts = new FakeParts();

    @BeforeEach
    void setData() {
        parts.data = data;
    }

    @Test
    void addsListsAndRemovesUsers() throws Exception {
        Terminal list = new Terminal(parts);
        assertThat(list.run("broker", "list")).isZero();
        assertThat(list.err()).contains("There are no users.");

        Terminal add = new Terminal(parts);
        assertThat(add.run("broker", "add", "pi-3f2a", "--role", "gateway")).isZero();
        String password = add.out().strip();
        assertThat(password).hasSize(20);
        assertThat(user("pi-3f2a").hash().matches(password)).isTrue();
        assertThat(data.resolve("broker.acl")).content().contains("role commander");

        Terminal other = new Terminal(parts);
        other.in = new ByteArrayInputStream("se cret\nmore".getBytes(StandardCharsets.UTF_8));
        assertThat(other.run("broker", "add", "anna", "--role", "viewer", "--password-file", "-"))
                .isZero();
        assertThat(other.out() + other.err()).doesNotContain("cret");
        assertThat(user("anna").hash().matches("se cret")).isTrue();

        Terminal both = new Terminal(parts);
        assertThat(both.run("broker", "list")).isZero();
        assertThat(both.out()).isEqualTo("NAME     ROLE\npi-3f2a  gateway\nanna     viewer\n");
        assertThat(new Terminal(parts).run("broker", "remove", "anna")).isZero();
        assertThat(new Terminal(parts).run("broker", "remove", "anna")).isEqualTo(1);
    }

    @Test
    void refusesRolesThatAreNotThereAndNamesThatCannotBe() throws Exception {
        Terminal role = new Terminal(parts);
        assertThat(role.run("broker", "add", "anna", "--role", "king")).isEqualTo(2);
        assertThat(role.err())
                .contains("there is no role king; there are: gateway, viewer, commander, admin");
        assertThat(new Terminal(parts).run("broker", "add", "a b", "--role", "viewer"))
                .isEqualTo(2);
        assertThat(new Terminal(parts).run("broker", "add", "anna")).isEqualTo(2);
        assertThat(Files.exists(data.resolve("broker.users"))).isFalse();
        Files.writeString(data.resolve("broker.acl"), "role king\nreadwrite #\n");
        assertThat(new Terminal(parts).run("broker", "add", "anna", "--role", "king")).isZero();
    }

    private BrokerUser user(String name) throws Exception {
        return new UsersFile(data.resolve(UsersFile.NAME)).read().get(name);
    }
}
