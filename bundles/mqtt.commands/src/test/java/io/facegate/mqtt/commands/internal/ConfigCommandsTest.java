// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.mqtt.commands.internal.part.Definition;

import org.apache.felix.fileinstall.shaded.util.properties.TypedProperties;
import org.apache.felix.metatype.AD;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.ObjectClassDefinition;

import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Configurations, read and written by messages. */
class ConfigCommandsTest {
    private static final String CAMERA = "io.facegate.camera~front";

    @TempDir Path folder;
    private final Fakes gateway = new Fakes();
    private final Map<String, Dictionary<String, Object>> kept = new TreeMap<>();
    private Commands commands;

    @BeforeEach
    void configurations() {
        gateway.data = folder;
        commands = gateway.commands();
        Dictionary<String, Object> camera = new Hashtable<>();
        camera.put("location", "rtsp://user:hidden@10.0.0.9/live?token=hidden2");
        camera.put(".password", "hidden3");
        camera.put("framesPerSecond", "12");
        camera.put("service.pid", CAMERA);
        camera.put("more", "nobody knows what");
        kept.put(CAMERA, camera);
        gateway.definitions =
                List.of(
                        new Definition(
                                "io.facegate.camera",
                                true,
                                new Settings(
                                        ad("location", "String", "0", null),
                                        ad(".password", "Password", "", null),
                                        ad("framesPerSecond", "Integer", "25", "60"),
                                        list("zones"))),
                        new Definition(
                                "io.facegate.pipeline",
                                false,
                                new Settings(
                                        ad("tolerance", "Double", "0.6", "2"),
                                        ad("detectionMethod", "String", "hog", null),
                                        ad("motion", "Boolean", "true", null))),
                        new Definition("io.facegate.mqtt", false, new Settings()),
                        new Definition("org.apache.felix.http", false, new Settings()));
        gateway.put(ConfigurationAdmin.class, admin());
    }

    @AfterEach
    void stop() {
        commands.stop();
    }

    @Test
    void theGatewaysOwnAreListed() throws Exception {
        assertThat(reply("{}"))
                .contains(
                        "\"configurations\":[{\"pid\":\"" + CAMERA + "\",\"name\":\"Test\",",
                        "{\"pid\":\"io.facegate.mqtt\",\"name\":\"Test\",\"writable\":false}]")
                .doesNotContain("org.apache");
    }

    @Test
    void noSecretIsTold() throws Exception {
        assertThat(read(CAMERA))
                .contains(
                        "\"type\":\"text\",\"configured\":true,"
                                + "\"value\":\"rtsp://***@10.0.0.9/live?token=***\"",
                        "\"key\":\".password\"",
                        "\"type\":\"secret\",\"configured\":true,\"value\":null,\"default\":null",
                        "\"type\":\"whole number\",\"configured\":true,\"value\":12,\"default\":25",
                        "\"type\":\"text list\",\"configured\":false,\"value\":null,\"default\":null")
                .doesNotContain("hidden");
        assertThat(read("org.apache.felix.http"))
                .contains("bad_request", "there is no configuration org.apache.felix.http");
        assertThat(read("io.facegate.camera")).contains("bad_request");
        assertThat(read("*")).contains("bad_request");
    }

    @Test
    void whatFitsIsWritten() throws Exception {
        assertThat(write(CAMERA, "{\"framesPerSecond\":30,\"zones\":[\"a, b\",\"c\"]}"))
                .contains("\"ok\":true", "\"value\":30", "\"value\":[\"a, b\",\"c\"]");
        assertThat(kept.get(CAMERA).get("framesPerSecond")).isEqualTo(30);
        assertThat((String[]) kept.get(CAMERA).get("zones")).containsExactly("a, b", "c");
        assertThat(kept.get(CAMERA).get(".password")).isEqualTo("hidden3");
        assertThat(kept.get(CAMERA).get("more")).isEqualTo("nobody knows what");
        assertThat(write(CAMERA, "{\"framesPerSecond\":null}"))
                .contains("\"configured\":false,\"value\":null,\"default\":25");
        assertThat(kept.get(CAMERA).get("framesPerSecond")).isNull();
    }

    @Test
    void whatDoesNotFitChangesNothing() throws Exception {
        Map<String, String> wrong =
                Map.of(
                        "{\"framesPerSecond\":61}", "framesPerSecond cannot be 61",
                        "{\"framesPerSecond\":1.5}", "framesPerSecond is a whole number",
                        "{\"framesPerSecond\":\"x\"}", "framesPerSecond is a whole number",
                        "{\"framesPerSecond\":[1]}", "framesPerSecond is a whole number",
                        "{\"zones\":\"a\"}", "zones is a list",
                        "{\".password\":\"x\"}", ".password is a secret",
                        "{\"location\":\"rtsp://***@10.0.0.9\"}", "cannot have ***",
                        "{\"location\":\"${.password}\"}", "cannot have ${",
                        "{\"nothing\":1}", "io.facegate.camera has no setting nothing");
        String before = kept.toString();
        for (Map.Entry<String, String> one : wrong.entrySet()) {
            assertThat(write(CAMERA, one.getKey())).contains("bad_request", one.getValue());
            String two = one.getKey().replace("{", "{\"framesPerSecond\":5,");
            if (!one.getKey().contains("framesPerSecond") && !one.getKey().contains("${")) {
                assertThat(write(CAMERA, two)).contains("bad_request", one.getValue());
            }
        }
        assertThat(kept).hasToString(before);
    }

    @Test
    void whoMayDoWhatIsNotWritten() throws Exception {
        assertThat(write("io.facegate.mqtt", "{}")).contains("\"code\":\"forbidden\"");
    }

    @Test
    void oneThatIsNewBecomesAFile() throws Exception {
        String set =
                "{\"tolerance\":0.5,\"detectionMethod\":\"a \\\"b\\\" = \\\\c\",\"motion\":false}";
        assertThat(write("io.facegate.pipeline", set)).contains("\"ok\":true", "\"value\":0.5");
        Path file = folder.resolve("conf/io.facegate.pipeline.config");
        TypedProperties read = new TypedProperties();
        read.load(file.toFile());
        assertThat(read)
                .containsEntry("tolerance", 0.5)
                .containsEntry("detectionMethod", "a \"b\" = \\c")
                .containsEntry("motion", false);
        assertThat(write("io.facegate.pipeline", set)).contains("failed", "try again");
        assertThat(file.getParent().toFile().list()).containsExactly("io.facegate.pipeline.config");
    }

    private String reply(String request) throws InterruptedException {
        commands.obey("cmd/config", request, gateway);
        return gateway.next();
    }

    private String read(String pid) throws InterruptedException {
        return reply("{\"action\":\"read\",\"pid\":\"" + pid + "\"}");
    }

    private String write(String pid, String set) throws InterruptedException {
        return reply("{\"action\":\"write\",\"pid\":\"" + pid + "\",\"set\":" + set + "}");
    }

    private ConfigurationAdmin admin() {
        return proxy(
                ConfigurationAdmin.class,
                Map.of(
                        "listConfigurations",
                        arguments -> {
                            String filter = arguments[0].toString();
                            Configuration[] found =
                                    kept.keySet().stream()
                                            .filter(
                                                    pid ->
                                                            filter.equals(
                                                                    "(service.factoryPid="
                                                                            + pid.replaceAll(
                                                                                    "~.*", "")
                                                                            + ")"))
                                            .map(this::configuration)
                                            .toArray(Configuration[]::new);
                            return found.length == 0 ? null : found;
                        }));
    }

    private Configuration configuration(String pid) {
        return proxy(
                Configuration.class,
                Map.of(
                        "getPid",
                        arguments -> pid,
                        "getProperties",
                        arguments -> copy(kept.get(pid)),
                        "updateIfDifferent",
                        arguments -> {
                            Dictionary<String, Object> values = new Hashtable<>();
                            Dictionary<?, ?> given = (Dictionary<?, ?>) arguments[0];
                            Collections.list(given.keys())
                                    .forEach(key -> values.put(key.toString(), given.get(key)));
                            kept.put(pid, values);
                            return true;
                        }));
    }

    private static Dictionary<String, Object> copy(Dictionary<String, Object> values) {
        Dictionary<String, Object> copy = new Hashtable<>();
        Collections.list(values.keys()).forEach(key -> copy.put(key, values.get(key)));
        return copy;
    }

    private interface Call {
        Object answer(Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Map<String, Call> calls) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (self, method, arguments) ->
                                Optional.ofNullable(calls.get(method.getName()))
                                        .orElseThrow(UnsupportedOperationException::new)
                                        .answer(arguments)));
    }

    private static Attribute ad(String id, String type, String otherwise, String max) {
        AD ad = new AD();
        ad.setID(id);
        ad.setName(id);
        ad.setDescription("what it is");
        ad.setType(type);
        ad.setDefaultValue(otherwise);
        ad.setMax(max);
        ad.setRequired(false);
        return new Attribute(ad);
    }

    private static Attribute list(String id) {
        AD ad = new AD();
        ad.setID(id);
        ad.setName(id);
        ad.setType("String");
        ad.setCardinality(Integer.MAX_VALUE);
        return new Attribute(ad);
    }

    /** An attribute as Felix knows it. */
    private record Attribute(AD ad) implements AttributeDefinition {
        @Override
        public String getName() {
            return ad.getName();
        }

        @Override
        public String getID() {
            return ad.getID();
        }

        @Override
        public String getDescription() {
            return ad.getDescription();
        }

        @Override
        public int getCardinality() {
            return ad.getCardinality();
        }

        @Override
        public int getType() {
            return ad.getType();
        }

        @Override
        public String[] getOptionValues() {
            return ad.getOptionValues();
        }

        @Override
        public String[] getOptionLabels() {
            return ad.getOptionLabels();
        }

        @Override
        public String validate(String value) {
            return ad.validate(value);
        }

        @Override
        public String[] getDefaultValue() {
            return ad.getDefaultValue();
        }
    }

    private record Settings(AttributeDefinition... all) implements ObjectClassDefinition {
        @Override
        public String getName() {
            return "Test";
        }

        @Override
        public String getID() {
            return "test";
        }

        @Override
        public String getDescription() {
            return "for a test";
        }

        @Override
        public AttributeDefinition[] getAttributeDefinitions(int filter) {
            return all;
        }

        @Override
        public InputStream getIcon(int size) {
            return null;
        }
    }
}
