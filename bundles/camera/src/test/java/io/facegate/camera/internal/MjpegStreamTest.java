// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class MjpegStreamTest {
    /** At most so many bytes at once, as a network delivers them. */
    private static InputStream inPieces(byte[] bytes, int most) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] to, int at, int length) {
                return super.read(to, at, Math.min(most, length));
            }
        };
    }

    private static List<byte[]> cut(InputStream in) throws IOException {
        MjpegStream stream = new MjpegStream(in);
        List<byte[]> pictures = new ArrayList<>();
        try {
            while (true) {
                pictures.add(stream.next());
            }
        } catch (EOFException e) {
            return pictures;
        }
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void cutsWhateverStandsBetween() throws Exception {
        byte[] a = TestPictures.jpeg(10);
        byte[] b = TestPictures.jpeg(200);
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);
        for (int i = 1; i < noise.length; i++) {
            noise[i] = noise[i] == (byte) 0xD8 ? 0 : noise[i];
        }
        byte[] stream = join(noise, a, "\n--x\nContent-Length: 3\n\n".getBytes(), b, a, noise, b);
        for (int most : new int[] {1, 2, 3, 700, 1 << 20}) {
            assertThat(cut(inPieces(stream, most))).containsExactly(a, b, a, b);
        }
    }

    @Test
    void aPictureCutShortCostsItselfOnly() throws Exception {
        byte[] a = TestPictures.jpeg(10);
        byte[] b = TestPictures.jpeg(200);
        byte[] half = Arrays.copyOf(a, a.length - 20);
        byte[] stream = join(b, half, "\r\n--x\r\n\r\n".getBytes(), a, half);
        assertThat(cut(inPieces(stream, 100))).containsExactly(b, a);
    }

    @Test
    void fillBytesAndThumbnailsBelongToThePicture() throws Exception {
        byte[] picture = TestPictures.jpeg(10);
        byte[] thumbnail = TestPictures.jpeg(90);
        int length = thumbnail.length + 2;
        byte[] segment = {(byte) 0xFF, (byte) 0xE1, (byte) (length >> 8), (byte) length};
        byte[] start = Arrays.copyOf(picture, 2);
        byte[] body = Arrays.copyOfRange(picture, 2, picture.length - 2);
        byte[] end = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xD9};
        byte[] whole = join(start, segment, thumbnail, body, end);
        assertThat(cut(inPieces(join(whole, whole), 64))).containsExactly(whole, whole);
    }

    @Test
    void endsWithTheStream() {
        assertThatThrownBy(() -> new MjpegStream(InputStream.nullInputStream()).next())
                .isInstanceOf(EOFException.class);
    }
}
