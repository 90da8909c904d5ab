// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.home;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.camera.Camera;
import io.facegate.api.camera.CameraState;
import io.facegate.api.camera.CameraStatus;
import io.facegate.api.message.Replies;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;

class HomeControlsTest {
    private final Hashtable<String, Object> set = new Hashtable<>();
    private final List<String> errors = new ArrayList<>();
    private boolean exists = true;

    @Test
    void onlyWhatIsAllowedIsHeard() {
        assertThat(controls("restart").filters()).containsExactly("+/restart/set");
        HomeControls some = controls("Tolerance ", "nonsense");
        assertThat(some.filters()).containsExactly("settings/tolerance/set");
        send(some, "settings/detection_method/set", "yunet");
        assertThat(set).isEmpty();
    }

    @Test
    void toleranceAndMethodAreKeptInTheConfigurationOfThePipeline() {
        HomeControls all = controls("tolerance", "detection_method");
        send(all, "settings/tolerance/set", "0.5");
        send(all, "settings/detection_method/set", "yunet");
        assertThat(set).containsEntry("tolerance", 0.5).containsEntry("detectionMethod", "yunet");
        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "settings/tolerance/set,-0.1",
        "settings/tolerance/set,100.5",
        "settings/tolerance/set,NaN",
        "settings/tolerance/set,much",
        "settings/detection_method/set,magic",
        "front/restart/set,please",
        "front/restart/set,PRESS"
    })
    void whatIsWrongIsSaidAndChangesNothing(String topic, String payload) {
        send(controls("restart", "tolerance", "detection_method"), topic, payload);
        assertThat(set).isEmpty();
        assertThat(errors).hasSize(1).allMatch(e -> e.contains(topic));
    }

    @ParameterizedTest
    @CsvSource({"ONLINE,[false; true]", "OFFLINE,[false; true]", "DISABLED,[]"})
    void aCameraIsOpenedAnewButNotOneThatIsSwitchedOff(CameraState state, String switched) {
        List<Object> calls = new ArrayList<>();
        HomeControls controls = controls("restart");
        controls.cameras =
                List.of(
                        proxy(
                                Camera.class,
                                (method, arguments) -> {
                                    if (method.equals("setEnabled")) {
                                        calls.add(arguments[0]);
                                    }
                                    return switch (method) {
                                        case "id" -> "front";
                                        case "status" -> new CameraStatus(state, "", 1, 1, 1, 1);
                                        default -> null;
                                    };
                                }));
        send(controls, "front/restart/set", "PRESS");
        assertThat(calls.toString().replace(',', ';')).isEqualTo(switched);
        assertThat(errors).hasSize(calls.isEmpty() ? 1 : 0);
    }

    @Test
    void aConfigurationThatCannotBeKeptIsRefused() {
        exists = false;
        send(controls("tolerance"), "settings/tolerance/set", "0.5");
        assertThat(errors).singleElement().asString().contains("io.facegate.pipeline.config");
    }

    private void send(HomeControls controls, String topic, String payload) {
        controls.onMessage(
                topic,
                payload,
                new Replies() {
                    @Override
                    public void send(String to, String text) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public void error(String code, String message) {
                        errors.add(code + " " + message);
                    }
                });
    }

    private HomeControls controls(String... allowed) {
        HomeControls.Config config =
                new HomeControls.Config() {
                    @Override
                    public String[] allowed() {
                        return allowed;
                    }

                    @Override
                    public Class<? extends Annotation> annotationType() {
                        return HomeControls.Config.class;
                    }
                };
        return new HomeControls(config, admin());
    }

    private ConfigurationAdmin admin() {
        return proxy(
                ConfigurationAdmin.class,
                (method, arguments) ->
                        method.equals("listConfigurations") && exists
                                ? new Configuration[] {configuration()}
                                : null);
    }

    private Configuration configuration() {
        return proxy(
                Configuration.class,
                (method, arguments) -> {
                    if (method.equals("updateIfDifferent")) {
                        Dictionary<?, ?> properties = (Dictionary<?, ?>) arguments[0];
                        properties
                                .keys()
                                .asIterator()
                                .forEachRemaining(
                                        key -> set.put(key.toString(), properties.get(key)));
                        return true;
                    }
                    return method.equals("getProperties") ? new Hashtable<>(set) : null;
                });
    }

    private interface Answer {
        Object to(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (self, method, arguments) -> answer.to(method.getName(), arguments)));
    }
}
