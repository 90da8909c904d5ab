// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.Map;

class ShownPasswordsTest {
    private static final String SERVICES = "/system/console/status-scr";
    private static final String PAGE = "/system/console/status-Configurations";

    private static ConfigurationAdmin admin(String key, Object value) {
        Configuration camera =
                proxy(
                        Configuration.class,
                        Map.of(
                                "getPid",
                                "io.facegate.camera~front",
                                "getProperties",
                                new Hashtable<>(Map.of(key, value, "width", 640))));
        return proxy(
                ConfigurationAdmin.class,
                Map.of("listConfigurations", new Configuration[] {camera}));
    }

    private static <T> T proxy(Class<T> type, Map<String, Object> answers) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (self, method, arguments) -> answers.get(method.getName())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtsp://me:s3cret@cam/x",
                "rtsp://me:s3/cr#et@cam/x",
                "rtsp://cam/user=me_password=s3cret_channel=1.sdp",
                "http://cam/snap.jpg?usr=me&pwd=s3cret",
                "tcp://token@broker:1883"
            })
    void pagesThatWouldShowAPasswordAreRefused(String url) {
        for (String page :
                new String[] {
                    PAGE,
                    PAGE + ".txt",
                    SERVICES,
                    "/system/console/status-x/configuration-status-1.zip",
                    "/system/console/components/61",
                    "/system/console/components/61.json"
                }) {
            assertThat(ShownPasswords.refusal("GET", page, admin("location", url)))
                    .hasValueSatisfying(
                            answer -> {
                                assertThat(answer.status()).isEqualTo(403);
                                assertThat(answer.text())
                                        .contains("location of io.facegate.camera~front")
                                        .doesNotContain("s3cr", "cr#et");
                            });
        }
        assertThat(ShownPasswords.refusal("GET", PAGE, admin("urls", new String[] {"", url})))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {SERVICES, "/system/console/status-x/configuration-status-1.txt"})
    void pagesThatHideNothingAreRefusedWhereAPasswordIsSet(String page) {
        assertThat(ShownPasswords.refusal("GET", page, admin(".password", "s3cret")))
                .hasValueSatisfying(
                        answer ->
                                assertThat(answer.text())
                                        .contains(".password of io.facegate.camera~front")
                                        .doesNotContain("s3cret"));
    }

    @Test
    void otherPagesAndOtherSettingsAreShown() {
        ConfigurationAdmin login = admin("location", "rtsp://a:b@c/");
        for (String page : new String[] {"/bundles", "/components", "/components.json"}) {
            assertThat(ShownPasswords.refusal("GET", "/system/console" + page, login)).isEmpty();
        }
        assertThat(ShownPasswords.refusal("POST", "/system/console/components/61", login))
                .isEmpty();
        ConfigurationAdmin plain = admin("location", "rtsp://cam/x?channel=1");
        assertThat(ShownPasswords.refusal("GET", PAGE, plain)).isEmpty();
        assertThat(ShownPasswords.refusal("GET", SERVICES, plain)).isEmpty();
        assertThat(ShownPasswords.refusal("GET", PAGE, admin(".password", "p@ss"))).isEmpty();
        assertThat(ShownPasswords.refusal("GET", PAGE, null)).isEmpty();
    }
}
