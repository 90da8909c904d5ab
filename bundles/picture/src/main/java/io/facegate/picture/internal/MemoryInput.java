// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_SIZE;
import static org.bytedeco.ffmpeg.global.avformat.avio_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avio_context_free;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_malloc;

import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.avformat.Write_packet_Pointer_BytePointer_int;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A file in memory for FFmpeg's demuxers. Few at a time: JavaCPP has room for ten instances of a
 * callback class in one JVM.
 */
final class MemoryInput implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int FROM_START = 0;
    private static final int FROM_HERE = 1;
    private static final int FROM_END = 2;

    private final byte[] file;
    private final Reading reading = new Reading();
    private final Seeking seeking = new Seeking();
    private final AVIOContext context;
    private int reached;

    MemoryInput(byte[] file) {
        this.file = file;
        BytePointer buffer = new BytePointer(av_malloc(BUFFER));
        context =
                avio_alloc_context(
                        buffer,
                        BUFFER,
                        0,
                        null,
                        reading,
                        (Write_packet_Pointer_BytePointer_int) null,
                        seeking);
    }

    AVIOContext context() {
        return context;
    }

    private final class Reading extends Read_packet_Pointer_BytePointer_int {
        @Override
        public int call(Pointer opaque, BytePointer buffer, int size) {
            int bytes = Math.min(size, file.length - reached);
            if (bytes <= 0) {
                return AVERROR_EOF;
            }
            buffer.capacity(size).put(file, reached, bytes);
            reached += bytes;
            return bytes;
        }
    }

    private final class Seeking extends Seek_Pointer_long_int {
        @Override
        public long call(Pointer opaque, long offset, int whence) {
            long to =
                    switch (whence & ~AVSEEK_SIZE) {
                        case FROM_START -> offset;
                        case FROM_HERE -> reached + offset;
                        case FROM_END -> file.length + offset;
                        default -> -1;
                    };
            if ((whence & AVSEEK_SIZE) != 0) {
                return file.length;
            }
            if (to < 0 || to > file.length) {
                return -1;
            }
            reached = (int) to;
            return to;
        }
    }

    @Override
    public void close() {
        av_free(context.buffer());
        avio_context_free(context);
        reading.close();
        seeking.close();
    }
}
