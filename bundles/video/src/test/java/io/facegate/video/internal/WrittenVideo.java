// SPDX-License-Identifier: Apache-2.0
package io.facegate.video.internal;

import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A video as another reader sees it.
 *
 * @param codec FFmpeg's name
 * @param seconds length the file says it has
 * @param millis when each frame is shown, from the first one on
 * @param frames BGR, packed
 */
record WrittenVideo(
        int width,
        int height,
        String codec,
        double seconds,
        List<Long> millis,
        List<byte[]> frames) {

    static WrittenVideo read(Path file) throws Exception {
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
            grabber.start();
            List<Long> millis = new ArrayList<>();
            List<byte[]> frames = new ArrayList<>();
            int width = grabber.getImageWidth();
            int height = grabber.getImageHeight();
            for (Frame frame = grabber.grabImage(); frame != null; frame = grabber.grabImage()) {
                millis.add(Math.round(frame.timestamp / 1000.0));
                byte[] bgr = new byte[3 * width * height];
                ByteBuffer from = (ByteBuffer) frame.image[0];
                for (int y = 0; y < height; y++) {
                    from.position(y * frame.imageStride).get(bgr, 3 * y * width, 3 * width);
                }
                frames.add(bgr);
            }
            return new WrittenVideo(
                    width,
                    height,
                    grabber.getVideoCodecName(),
                    grabber.getLengthInTime() / 1e6,
                    millis,
                    frames);
        }
    }

    /** Red, green and blue of a pixel. */
    int[] pixel(int frame, int x, int y) {
        byte[] bgr = frames.get(frame);
        int at = 3 * (y * width + x);
        return new int[] {bgr[at + 2] & 255, bgr[at + 1] & 255, bgr[at] & 255};
    }
}
