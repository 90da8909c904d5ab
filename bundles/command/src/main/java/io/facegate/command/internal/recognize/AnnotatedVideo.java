// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import io.facegate.api.camera.FrameSource;
import io.facegate.api.frame.Frame;
import io.facegate.api.picture.PictureWriter;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.video.VideoWriter;
import io.facegate.api.video.VideoWriterFactory;
import io.facegate.command.internal.session.Count;
import io.facegate.command.internal.session.Session;
import io.facegate.picture.label.FaceLabel;

import java.io.IOException;
import java.nio.file.Path;

/** Writes frames with boxes, names and distances as a video. */
final class AnnotatedVideo implements FrameSink {
    private final Session session;
    private final VideoWriterFactory videos;
    private final PictureWriter pictures;
    private final Path file;
    private VideoWriter video;
    private double framesPerSecond;
    private long start;
    private long frames;

    AnnotatedVideo(Session session, VideoWriterFactory videos, PictureWriter pictures, Path file) {
        this.session = session;
        this.videos = videos;
        this.pictures = pictures;
        this.file = file;
    }

    @Override
    public void begin(FrameSource source) {
        framesPerSecond = source.framesPerSecond();
    }

    @Override
    public boolean take(FrameResult result, long micros) throws IOException {
        Frame frame = result.frame();
        if (video == null) {
            video = videos.open(file, frame.width(), frame.height(), framesPerSecond);
            start = micros;
        }
        video.write(pictures.annotate(frame, FaceLabel.of(result, frame)), micros - start);
        frames++;
        return true;
    }

    @Override
    public void finish() throws IOException {
        if (video != null) {
            video.finish();
            String count = Count.of(frames, "frame", "frames");
            session.say("Wrote " + file + ": " + count + ", without sound.");
        }
    }

    @Override
    public void close() {
        if (video != null) {
            video.close();
        }
    }
}
