// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.model.EncoderInput;
import io.facegate.api.model.EncoderTraits;
import io.facegate.api.model.EncoderTraits.Metric;
import io.facegate.api.model.FaceAlignment;
import io.facegate.api.model.ModelInfo.Terms;
import io.facegate.api.model.ModelKind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Version;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

class DeclarationTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

    private static Map<String, Object> good() {
        return new HashMap<>(
                Map.of(
                        "model",
                        "dlib-resnet-v1",
                        "kind",
                        "encoder",
                        "format",
                        "dlib",
                        "path",
                        "model/a.dat",
                        "sha256",
                        HASH,
                        "weights",
                        HASH,
                        "version",
                        Version.valueOf("1.2.3"),
                        "dimension",
                        128L));
    }

    @Test
    void goodDeclarationHasNoProblem() {
        Declaration d = Declaration.of(good(), "bundle");
        assertThat(d.problem()).isEmpty();
        assertThat(d.info().id()).isEqualTo("dlib-resnet-v1");
        assertThat(d.info().kind()).isEqualTo(ModelKind.ENCODER);
        assertThat(d.info().version()).isEqualTo("1.2.3");
        assertThat(d.path()).isEqualTo("model/a.dat");
        assertThat(d.ranking()).isEqualTo(1_002_003);
    }

    @Test
    void textsOfOtherCaseAndTypeAreTakenWhereTheyAreClear() {
        Map<String, Object> attributes = good();
        attributes.put("sha256", HASH.toUpperCase());
        attributes.put("version", "2.0");
        Declaration d = Declaration.of(attributes, "bundle");
        assertThat(d.problem()).isEmpty();
        assertThat(d.info().sha256()).isEqualTo(HASH);
        assertThat(d.info().version()).isEqualTo("2.0.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "kind", "format", "path", "sha256", "weights", "version"})
    void missingAttributeIsNamed(String attribute) {
        Map<String, Object> attributes = good();
        attributes.remove(attribute);
        Declaration d = Declaration.of(attributes, "test.bundle");
        assertThat(d.problem()).isEqualTo("its capability has no attribute " + attribute);
        assertThat(d.info().id())
                .isEqualTo(attribute.equals("model") ? "test.bundle" : "dlib-resnet-v1");
    }

    @ParameterizedTest
    @MethodSource
    void badAttributeIsNamedWithWhatIsExpected(String attribute, Object value, String expected) {
        Map<String, Object> attributes = good();
        attributes.put(attribute, value);
        assertThat(Declaration.of(attributes, "bundle").problem())
                .startsWith("its attribute " + attribute + " is ")
                .endsWith(", not " + expected);
    }

    static Stream<Arguments> badAttributeIsNamedWithWhatIsExpected() {
        String name = "a name such as dlib-resnet-v1";
        return Stream.of(
                Arguments.of("model", 7L, name),
                Arguments.of("model", "Bad Name", name),
                Arguments.of("model", "", name),
                Arguments.of("kind", List.of("encoder"), "detector, landmarks or encoder"),
                Arguments.of("kind", "unknown", "detector, landmarks or encoder"),
                Arguments.of("kind", "liveness", "detector, landmarks or encoder"),
                Arguments.of("format", 1.5, "a name such as dlib"),
                Arguments.of("path", 5L, "a path in the bundle"),
                Arguments.of("path", "/etc/passwd", "a path in the bundle"),
                Arguments.of("path", "model/../../x", "a path in the bundle"),
                Arguments.of("path", "model/", "a path in the bundle"),
                Arguments.of("sha256", "1234", "64 hex digits"),
                Arguments.of("weights", Version.valueOf("1"), "64 hex digits"),
                Arguments.of("metric", "manhattan", "euclidean or cosine"),
                Arguments.of("alignment", "mine", "dlib-150 or arcface-112"),
                Arguments.of("channels", 3L, "rgb or bgr"),
                Arguments.of("dimension", 1.5, "a whole number"),
                Arguments.of("tolerance", "much", "a number, such as tolerance:Double=\"0.6\""),
                Arguments.of(
                        "mean",
                        List.of(1.0),
                        "a number or three, such as mean:List<Double>=\"127.5,127.5,127.5\""),
                Arguments.of("version", "new", "a version such as 1.0.0"),
                Arguments.of("version", List.of("1.0.0"), "a version such as 1.0.0"),
                Arguments.of("version", 1L, "a version such as 1.0.0"));
    }

    @Test
    void anEncoderThatSaysNoMoreIsComparedAsDlibs() {
        Map<String, Object> attributes = good();
        attributes.remove("dimension");
        assertThat(Declaration.of(attributes, "b").info().encoder()).isEqualTo(EncoderTraits.DLIB);
        assertThat(Declaration.of(attributes, "b").info().terms()).isEqualTo(Terms.UNSAID);
    }

    @Test
    void anEncoderSaysWhatItIs() {
        Map<String, Object> attributes = good();
        attributes.putAll(
                Map.of(
                        "dimension",
                        512L,
                        "metric",
                        "cosine",
                        "alignment",
                        "arcface-112",
                        "derived",
                        "dlib-150",
                        "channels",
                        "bgr",
                        "mean",
                        127.5,
                        "deviation",
                        List.of(128.0, 128.0, 127.0),
                        "tolerance",
                        1.1,
                        "unlike",
                        1.4,
                        "licence",
                        "MIT"));
        attributes.put("memory", 1L << 20);
        Declaration d = Declaration.of(attributes, "b");
        assertThat(d.problem()).isEmpty();
        assertThat(d.info().encoder())
                .isEqualTo(
                        new EncoderTraits(
                                512,
                                Metric.COSINE,
                                new EncoderInput(
                                        FaceAlignment.ARCFACE,
                                        112,
                                        true,
                                        List.of(127.5, 127.5, 127.5),
                                        List.of(128.0, 128.0, 127.0)),
                                1.1,
                                1.4));
        assertThat(d.info().terms()).isEqualTo(new Terms("MIT", 1L << 20));
    }

    @Test
    void anAlignmentThatMayNotBeDerivedFromWhatIsKeptIsRefused() {
        Map<String, Object> attributes = good();
        attributes.put("alignment", "arcface-112");
        assertThat(Declaration.of(attributes, "b").problem())
                .isEqualTo(
                        "its capability has no attribute derived=\"dlib-150\": faces are kept in"
                                + " that alignment only, and it does not say that arcface-112 may"
                                + " be derived from it");
        attributes.put("derived", "dlib-150");
        attributes.put("tolerance", 2.0);
        attributes.put("unlike", 1.0);
        assertThat(Declaration.of(attributes, "b").problem())
                .startsWith("its capability does not fit together: a tolerance is above 0");
    }

    @Test
    void emptyCapabilityIsListedUnderTheBundlesName() {
        Declaration d = Declaration.of(Map.of(), "test.bundle");
        assertThat(d.info().id()).isEqualTo("test.bundle");
        assertThat(d.info().kind()).isEqualTo(ModelKind.UNKNOWN);
        assertThat(d.problem().split("; ")).hasSize(7);
    }

    @Test
    void hugeVersionDoesNotOverflowTheRanking() {
        Map<String, Object> attributes = good();
        attributes.put("version", new Version(Integer.MAX_VALUE, 5000, 5000));
        assertThat(Declaration.of(attributes, "b").ranking()).isEqualTo(2_000_999_999);
    }
}
