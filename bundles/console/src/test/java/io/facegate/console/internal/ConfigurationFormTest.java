// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.felix.webconsole.spi.ValidationException;
import org.junit.jupiter.api.Test;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;

/** What is saved; {@link ConsoleIT} tries it in the web console, with what is shown. */
class ConfigurationFormTest {
    private static final String PID = "io.facegate.camera~front";
    private static final String URL = "rtsp://me:s3cret@cam/x";

    private static ConfigurationAdmin admin(Map<String, Object> settings) {
        Configuration one =
                proxy(
                        Configuration.class,
                        Map.of("getPid", PID, "getProperties", new Hashtable<>(settings)));
        return proxy(
                ConfigurationAdmin.class, Map.of("listConfigurations", new Configuration[] {one}));
    }

    private static <T> T proxy(Class<T> type, Map<String, Object> answers) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (self, method, arguments) -> answers.get(method.getName())));
    }

    private static Object saved(Object before, Object edited) throws Exception {
        Dictionary<String, Object> settings = new Hashtable<>(Map.of("location", edited));
        new ConfigurationForm(admin(Map.of("location", before)))
                .updateConfiguration("io.facegate.camera", PID, settings);
        return settings.get("location");
    }

    @Test
    void aFormSavedAsItWasKeepsThePassword() throws Exception {
        assertThat(saved(URL, "rtsp://***@cam/x")).isEqualTo(URL);
        assertThat(saved(URL, "rtsp://***@other/y")).isEqualTo("rtsp://me:s3cret@other/y");
        assertThat(saved(URL, "rtsp://you:new@cam/x")).isEqualTo("rtsp://you:new@cam/x");
        assertThat(saved(URL, "rtsp://cam/x")).isEqualTo("rtsp://cam/x");
    }

    @Test
    void ofSeveralEachKeepsItsOwn() throws Exception {
        String[] before = {"tcp://a@b:1", "tcp://c", "tcp://d@e:1"};
        assertThat(saved(before, new String[] {"tcp://***@e:1", "tcp://***@b:1", "x"}))
                .isEqualTo(new String[] {"tcp://d@e:1", "tcp://a@b:1", "x"});
        assertThat(saved(List.of("tcp://a@b:1"), List.of("tcp://***@b:1")))
                .isEqualTo(List.of("tcp://a@b:1"));
    }

    @Test
    void whatNobodyCanTellIsRefused() {
        assertThatThrownBy(() -> saved("/dev/video0", "rtsp://***@cam/x"))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("write the login anew");
        assertThatThrownBy(() -> saved(URL, "rtsp://***@cam/***"))
                .isInstanceOf(ValidationException.class)
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(
                        () ->
                                saved(
                                        new String[] {"tcp://a@b:1", "tcp://d@e:1"},
                                        new String[] {"tcp://***@f:1"}))
                .isInstanceOf(ValidationException.class);
    }

    @Test
    void everySpellingOfAValueInJsonIsHidden() throws Exception {
        HiddenValues values = new HiddenValues();
        values.read(admin(Map.of("location", "rtsp://m\"\u00e9:s3\\cret@cam/x", "width", 640)));
        for (String spelling :
                new String[] {
                    "rtsp://m\\\"\u00e9:s3\\\\cret@cam/x",
                    "rtsp:\\/\\/m\\u0022\\u00E9:s3\\u005ccret@cam\\/x"
                }) {
            assertThat(
                            values.hide(
                                    "{\"a\":\"b\\\\\",\"location\":{\"value\":\""
                                            + spelling
                                            + "\",\"x\":[\"\"]}}"))
                    .isEqualTo(
                            "{\"a\":\"b\\\\\",\"location\":{\"value\":\"rtsp://***@cam/x\","
                                    + "\"x\":[\"\"]}}");
        }
    }
}
