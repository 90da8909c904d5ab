// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The files of users and roles. */
class UsersFileTest {
    /** Made by mosquitto_passwd of Mosquitto 2.0.11 for the password "secret". */
    private static final String OF_MOSQUITTO =
            "$7$101$Sz8hpHSc5p10XzF3$x+6GEHjCm1rAa7Ip/8JYXh8kJBZLTxZHJpvNMe1/vJ/xjG"
                    + "KVCfKNG6qahmkWgsVNyidoGqSV85YZ0nuuYRR+Ag==";

    @TempDir Path folder;

    @Test
    void keepsUsersForTheirOwnerOnlyAndCommentsAsTheyAre() throws Exception {
        UsersFile file = new UsersFile(folder.resolve(UsersFile.NAME));
        assertThat(file.read()).isEmpty();
        file.put(new BrokerUser("anna", "viewer", PasswordHash.of("one")));
        Files.writeString(file.path(), Files.readString(file.path()) + "# a comment\n\n");
        file.put(new BrokerUser("pi-3f2a", "gateway", PasswordHash.of("two")));
        file.put(new BrokerUser("anna", "admin", PasswordHash.of("three")));
        assertThat(file.read()).containsOnlyKeys("anna", "pi-3f2a");
        assertThat(file.read().get("anna").role()).isEqualTo("admin");
        assertThat(file.read().get("anna").hash().matches("three")).isTrue();
        assertThat(file.read().get("anna").hash().matches("one")).isFalse();
        assertThat(Files.readString(file.path()))
                .contains("# a comment\n\n")
                .doesNotContain("three");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
        assertThat(file.remove("anna")).isTrue();
        assertThat(file.remove("anna")).isFalse();
        assertThat(file.read()).containsOnlyKeys("pi-3f2a");
    }

    @Test
    void takesHashesOfMosquitto() throws Exception {
        UsersFile file = new UsersFile(folder.resolve(UsersFile.NAME));
        Files.writeString(file.path(), "anna:viewer:" + OF_MOSQUITTO + "\n");
        assertThat(file.read().get("anna").hash().matches("secret")).isTrue();
        assertThat(file.read().get("anna").hash().matches("Secret")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anna",
                "anna:viewer",
                "anna:viewer:secret",
                "an na:viewer:$7$1$a$b",
                "anna:Viewer:x",
                "anna:viewer:$7$99999999$MDEyMzQ1Njc=$MDEyMzQ1Njc="
            })
    void namesTheLineThatIsWrong(String line) throws Exception {
        UsersFile file = new UsersFile(folder.resolve(UsersFile.NAME));
        Files.writeString(file.path(), "# users\n" + line + "\n");
        assertThatThrownBy(file::read)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("line 2 of " + file.path() + " is wrong: ");
    }

    @Test
    void rolesAreThoseOfTheFileOrTheUsualOnes() throws Exception {
        AclFile file = new AclFile(folder.resolve(AclFile.NAME));
        assertThat(file.read()).containsOnlyKeys("gateway", "viewer", "commander", "admin");
        assertThat(file.writeDefault()).isTrue();
        assertThat(file.writeDefault()).isFalse();
        assertThat(file.read()).containsOnlyKeys("gateway", "viewer", "commander", "admin");
        Files.writeString(file.path(), "role a\nread x/#\nwrite y\n");
        assertThat(file.read().get("a"))
                .containsExactly(
                        new TopicRule(true, false, "x/#"), new TopicRule(false, true, "y"));
        Files.writeString(file.path(), "role a\nread x/#/y\n");
        assertThatThrownBy(file::read).hasMessageContaining("line 2").hasMessageContaining("x/#/y");
        Files.writeString(file.path(), "read x\n");
        assertThatThrownBy(file::read).hasMessageContaining("line 1");
    }

    @ParameterizedTest
    @CsvSource({
        "a/#,a/b/c,true",
        "a/#,a,true",
        "a/#,a/#,true",
        "a/#,a/+/c,true",
        "a/#,#,false",
        "a/#,ab,false",
        "a/+,a/b,true",
        "a/+,a/+,true",
        "a/+,a/#,false",
        "a/+,a,false",
        "a/b,a/+,false",
        "a/b,a/b/c,false",
        "#,a/b,true",
        "#,#,true",
        "#,$SYS/x,false",
        "$SYS/#,$SYS/x,true",
        "+/%u/#,facegate/pi/events,true",
        "+/%u/#,facegate/other/events,false",
        "x/facegate-%u/#,x/facegate-pi/config,true"
    })
    void rulesCoverTopicsAndFilters(String rule, String asked, boolean covered) {
        assertThat(TopicRule.of("read", rule).covers(asked, "pi")).isEqualTo(covered);
    }

    @Test
    void aNameThatIsAWildcardWidensNothing() {
        assertThat(TopicRule.of("read", "a/%u/#").covers("a/other/x", "+")).isFalse();
        assertThat(TopicRule.of("read", "a/%u").covers("a/b/c", "b/c")).isFalse();
    }
}
