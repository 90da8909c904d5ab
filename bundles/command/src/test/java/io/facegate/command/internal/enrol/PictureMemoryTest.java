// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.command.internal.session.InOrder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import javax.imageio.ImageIO;

class PictureMemoryTest {
    private static final long MB = 1 << 20;

    @TempDir private Path folder;

    private Path picture(int width, int height) throws IOException {
        Path file = Files.createTempFile(folder, "p", ".png");
        ImageIO.write(
                new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY),
                "png",
                file.toFile());
        return file;
    }

    @Test
    void largerPicturesHaveLargerShares() throws IOException {
        PictureMemory memory = new PictureMemory(200 * MB, 4000 * MB, 0);
        int small = memory.share(picture(640, 480));
        int large = memory.share(picture(4000, 3000));
        assertThat(small).isBetween(1, 30);
        assertThat(large).as("scaled down").isBetween(190, 230);
        assertThat(memory.share(picture(10_000, 9000))).isBetween(large, large + 20);
    }

    @Test
    void pictureOfUnknownSizeCountsAsOneThatIsScaledDown() throws IOException {
        PictureMemory memory = new PictureMemory(200 * MB, 4000 * MB, 0);
        int large = memory.share(picture(4000, 3000));
        assertThat(memory.share(Files.writeString(folder.resolve("x.heic"), "none")))
                .isBetween(large - 2, large);
        assertThat(memory.share(folder.resolve("missing.jpg"))).isBetween(large - 2, large);
    }

    @Test
    void upsamplingTakesMoreOfTheFreeMemory() throws IOException {
        Path file = picture(1000, 1000);
        assertThat(new PictureMemory(2000 * MB, 1000 * MB, 2).share(file))
                .isGreaterThan(10 * new PictureMemory(2000 * MB, 1000 * MB, 0).share(file));
    }

    @Test
    void largePicturesWaitForOneAnother() throws Exception {
        PictureMemory memory = new PictureMemory(80 * MB, 4000 * MB, 0);
        Path large = picture(3000, 2500);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (InOrder<Integer, Integer> work = new InOrder<>("test", 4, 16)) {
            work.run(
                    List.of(1, 2, 3, 4, 5, 6),
                    i ->
                            memory.within(
                                    large,
                                    () -> {
                                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                                        Thread.yield();
                                        return now.decrementAndGet();
                                    }),
                    done -> assertThat(most.get()).isEqualTo(1),
                    () -> false);
        }
        assertThat(most.get()).isEqualTo(1);
    }
}
