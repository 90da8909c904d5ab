// SPDX-License-Identifier: Apache-2.0
package io.facegate.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.BundleContext;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

class MetricsServletTest {
    private final Map<String, Object> answer = new TreeMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({
        "true, false, 127.0.0.1, 200",
        "true, false, ::1, 200",
        "true, false, 192.168.1.7, 403",
        "true, false, fe80::1, 403",
        "true, true, 192.168.1.7, 200",
        "false, true, 127.0.0.1, 404"
    })
    void answersWhomItMay(boolean enabled, boolean remote, String address, int status)
            throws IOException {
        get(enabled, remote, address);
        assertThat(answer.getOrDefault("sendError", 200)).isEqualTo(status);
        assertThat(body.size() > 0).isEqualTo(status == 200);
    }

    @Test
    void answersWithoutAnyPartOfTheGateway() throws IOException {
        get(true, false, "127.0.0.1");
        assertThat(answer)
                .containsEntry("setContentType", "text/plain; version=0.0.4; charset=utf-8");
        TextFormat text = TextFormat.parse(body.toString(StandardCharsets.UTF_8));
        assertThat(text.value("process_threads{}")).isPositive();
        assertThat(answer).containsEntry("setContentLength", body.size());
    }

    private void get(boolean enabled, boolean remote, String address) throws IOException {
        new MetricsServlet(config(enabled, remote), context())
                .doGet(
                        fake(
                                HttpServletRequest.class,
                                (method, arguments) ->
                                        method.equals("getRemoteAddr") ? address : null),
                        fake(HttpServletResponse.class, this::response));
    }

    private Object response(String method, Object[] arguments) {
        if (method.equals("getOutputStream")) {
            return new ServletOutputStream() {
                @Override
                public void write(int b) {
                    body.write(b);
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setWriteListener(WriteListener listener) {}
            };
        }
        answer.put(method, arguments[0]);
        return null;
    }

    private static BundleContext context() {
        return fake(
                BundleContext.class,
                (method, arguments) -> method.equals("getProperty") ? "of " + arguments[0] : null);
    }

    private static MetricsConfig config(boolean enabled, boolean remote) {
        return new MetricsConfig() {
            @Override
            public boolean enabled() {
                return enabled;
            }

            @Override
            public boolean remote() {
                return remote;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return MetricsConfig.class;
            }
        };
    }

    private interface Answers {
        Object of(String method, Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Answers answers) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (Object proxy, Method method, Object[] arguments) ->
                                answers.of(method.getName(), arguments)));
    }
}
