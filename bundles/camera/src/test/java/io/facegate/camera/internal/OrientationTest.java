// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

class OrientationTest {
    /** A picture of three columns and two rows, abc over def, under each matrix of a file. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, 0, 1, abcdef", "0, 1, -1, 0, daebfc", "-1, 0, 0, -1, fedcba", "0, -1, 1, 0, cfbead",
        "-1, 0, 0, 1, cbafed", "1, 0, 0, -1, defabc", "0, 1, 1, 0, adbecf", "0, -1, -1, 0, fcebda",
        "0.99, 0.1, -0.1, 0.99, abcdef", "0, 0, 0, 0, abcdef"
    })
    void showsAPictureAsTheMatrixSays(double a, double b, double c, double d, String shown) {
        Orientation orientation = Orientation.of(a, b, c, d);
        StringBuilder text = new StringBuilder();
        byte[] pixels = "aaabbbcccdddeeefff".getBytes(StandardCharsets.US_ASCII);
        byte[] placed = orientation.applied(pixels, 3, 2);
        for (int i = 0; i < placed.length; i += 3) {
            text.append((char) placed[i]);
        }
        assertThat(text).hasToString(shown);
        assertThat(orientation.isLying()).isEqualTo(a == 0 && d == 0 && b != 0);
    }

    @Test
    void turnsFurther() {
        Orientation mirrored = Orientation.of(-1, 0, 0, 1);
        assertThat(mirrored.turned(270).turned(180)).isEqualTo(new Orientation(true, 90));
    }
}
