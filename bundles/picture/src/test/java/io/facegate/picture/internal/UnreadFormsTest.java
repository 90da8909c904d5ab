// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.picture.PictureException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;

/** Sound pictures of a kind that would give wrong colours are refused, and not as damaged. */
class UnreadFormsTest {
    private static final Path SAMPLES = Path.of("src/test/resources/pictures");

    private final PictureFileReader reader = new PictureFileReader();

    @ParameterizedTest
    @CsvSource({
        "bilevel.png, black and white pixels only",
        "unread_big.tif, BigTIFF",
        "unread_half.tif, floating-point samples of 16 bits",
        "unread_lab.tif, L*a*b* colours",
        "unread_predictor.tif, Predictor",
        "unread_signed.tif, signed samples"
    })
    void areRefusedWithTheirForm(String name, String form) {
        assertThatThrownBy(() -> reader.read(SAMPLES.resolve(name), true))
                .isInstanceOf(PictureException.class)
                .hasMessageStartingWith(name + " has ")
                .hasMessageContaining(form)
                .hasMessageEndingWith(
                        ": such pictures are not read. Save it as JPEG or PNG with 8 bits.");
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "1, 1, 255", "5, 31, 255", "5, 16, 131", "6, 1, 4", "8, 77, 77"})
    void fewBitsAreStretchedToTheWholeRange(int bits, int sample, int expected) {
        assertThat(new SampleDepth(bits).toByte(sample)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"12, 4095, 255", "16, 256, 1", "32, -1, 255", "32, 16777215, 0"})
    void ofManyBitsTheUpperCount(int bits, int sample, int expected) {
        assertThat(new SampleDepth(bits).toByte(sample)).isEqualTo(expected);
    }
}
