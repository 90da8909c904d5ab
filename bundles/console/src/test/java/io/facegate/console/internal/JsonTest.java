// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

class JsonTest {
    @Test
    void readsBackAsWritten() {
        String text = "\"\\ \b\f\n\r\t\u0000\u001f\u007f\u2028</script>&' Zoë 😀 \ud800";
        String json = Json.write(Map.of("key", List.of(text, 1, 2.5, true)));
        var list = JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("key");
        assertThat(list.get(0).getAsString()).isEqualTo(text);
        assertThat(list.get(2).getAsDouble()).isEqualTo(2.5);
        assertThat(json).doesNotContain("<").doesNotContain("'").doesNotContain("&");
    }

    @Test
    void writesWhatJsonHasNoNumberForAsNull() {
        assertThat(Json.write(Arrays.asList(null, Double.NaN, Double.POSITIVE_INFINITY)))
                .isEqualTo("[null,null,null]");
        assertThat(Json.write(List.of(Map.of(), List.of()))).isEqualTo("[{},[]]");
    }
}
