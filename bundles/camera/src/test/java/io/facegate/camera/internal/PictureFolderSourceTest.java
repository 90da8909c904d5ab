// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.camera.FrameSource;
import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.frame.Frame;
import io.facegate.api.picture.PictureException;
import io.facegate.api.picture.PictureReader;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

class PictureFolderSourceTest {
    private final FrameSources sources = new FrameSources("");
    @TempDir Path temp;

    /** Takes a file's length as the grey of a picture of 2 x 1; refuses empty files. */
    private static final class LengthReader implements PictureReader {
        @Override
        public Frame read(Path file, boolean upright) throws PictureException {
            byte grey = (byte) file.toFile().length();
            if (grey == 0) {
                throw new PictureException(file + " is empty");
            }
            return Frame.rgb("x", 0, Instant.EPOCH, 2, 1, new byte[] {grey, 0, 0, 1, 1, 1});
        }

        @Override
        public Frame read(byte[] file, String name, boolean upright) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isPicture(Path file) {
            return file.toString().endsWith(".jpg");
        }
    }

    @BeforeEach
    void bind() {
        sources.pictures = new LengthReader();
    }

    @Test
    void showsPicturesByNameAndLeavesOutBadOnes() throws Exception {
        Files.write(temp.resolve("b.jpg"), new byte[2]);
        Files.write(temp.resolve("a.jpg"), new byte[1]);
        Files.write(temp.resolve("bad.jpg"), new byte[0]);
        Files.write(temp.resolve("note.txt"), new byte[9]);
        try (FrameSource source = sources.open(temp.toString(), "x")) {
            assertThat(source.frameCount()).isEqualTo(3);
            assertThat(source.next().orElseThrow().pixels()[0]).isEqualTo((byte) 1);
            assertThat(source.positionMillis()).isZero();
            assertThat(source.next().orElseThrow().pixels()[0]).isEqualTo((byte) 2);
            assertThat(source.positionMillis()).isEqualTo(2000);
            assertThat(source.next()).isEmpty();
        }
    }

    @Test
    void cameraSeesEachPictureForItsTime() throws Exception {
        Files.write(temp.resolve("a.jpg"), new byte[1]);
        Files.write(temp.resolve("b.jpg"), new byte[2]);
        SourceSettings settings = new SourceSettings(0, 0, 4, 90, 1000, false);
        try (LiveSource source =
                sources.open(SourceAddress.of(temp.toString()), settings, "x", new Interrupt())) {
            for (int i = 0; i < 8; i++) {
                Frame f = source.next().orElseThrow();
                assertThat(f.sequence()).isEqualTo(i);
                assertThat(f.height()).isEqualTo(2);
                assertThat(f.pixels()[0]).isEqualTo((byte) (1 + i / 4));
                assertThat(source.positionMillis()).isEqualTo(250L * i);
            }
            assertThat(source.next()).isEmpty();
        }
    }

    @Test
    void folderWithoutPicturesIsRefused() throws Exception {
        Files.write(temp.resolve("note.txt"), new byte[9]);
        assertThatThrownBy(() -> sources.open(temp.toString(), "x"))
                .isInstanceOf(FrameSourceException.class)
                .hasMessageContaining("has no pictures");
        Files.write(temp.resolve("bad.jpg"), new byte[0]);
        Files.write(temp.resolve("worse.jpg"), new byte[0]);
        try (FrameSource source = sources.open(temp.toString(), "x")) {
            assertThatThrownBy(source::next).hasMessageContaining("no picture that can be read");
        }
    }

    /** FFmpeg shows a tile of it. */
    @Test
    void tiledPictureIsReadAsAPicture() throws Exception {
        Path file = Files.write(temp.resolve("IMG_2.HEIC"), new byte[7]);
        try (FrameSource source = sources.open(file.toString(), "x")) {
            assertThat(source.frameCount()).isEqualTo(1);
            assertThat(source.next().orElseThrow().pixels()[0]).isEqualTo((byte) 7);
            assertThat(source.next()).isEmpty();
        }
        Path bad = Files.write(temp.resolve("bad.avif"), new byte[256]);
        try (FrameSource source = sources.open(bad.toString(), "x")) {
            assertThatThrownBy(source::next).hasMessageContaining("bad.avif is empty");
        }
    }

    @Test
    void missingReaderIsNamedAfterAWhile() {
        sources.pictures = null;
        assertThatThrownBy(() -> sources.open(temp.toString(), "x"))
                .hasMessageContaining("io.facegate.picture is missing");
    }
}
