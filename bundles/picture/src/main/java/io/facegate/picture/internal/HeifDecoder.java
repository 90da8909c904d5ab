// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import static org.bytedeco.ffmpeg.avformat.AVFormatContext.AVFMT_FLAG_CUSTOM_IO;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_DEFAULT;
import static org.bytedeco.ffmpeg.global.avformat.AV_STREAM_GROUP_PARAMS_TILE_GRID;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import io.facegate.api.picture.PictureException;
import io.facegate.bytedeco.Ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avformat.AVStreamGroup;
import org.bytedeco.ffmpeg.avformat.AVStreamGroupTileGrid;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.PointerScope;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decodes the main picture of HEIC and AVIF files with FFmpeg: one coded picture, or a grid of
 * tiles, cropped, turned and mirrored. Loaded only when such a picture comes.
 */
final class HeifDecoder {
    /** Looks at the size before anything is decoded. */
    interface SizeCheck<E extends Exception> {
        RgbImage allow(int width, int height, Decoding decoding) throws E, IOException;
    }

    /** Decodes. */
    interface Decoding {
        RgbImage run() throws IOException;
    }

    /** Where a tile lies in the picture. */
    private record Place(int x, int y) {}

    /** What the main picture is made of: places by the numbers of streams. */
    private record Layout(Map<Integer, List<Place>> tiles, Crop box) {}

    private final byte[] file;

    HeifDecoder(byte[] file) {
        this.file = file;
    }

    /**
     * Decodes; one picture at a time.
     *
     * @throws UnreadFormException a codec or kind that is not read
     * @throws EOFException the file ends too early
     */
    @SuppressWarnings("try") // the scope is there to be closed
    <E extends Exception> RgbImage decode(SizeCheck<E> check) throws E, IOException {
        Ffmpeg.load(PictureException::new);
        synchronized (HeifDecoder.class) {
            try (PointerScope scope = new PointerScope();
                    MemoryInput input = new MemoryInput(file)) {
                AVFormatContext context = avformat_alloc_context();
                context.pb(input.context());
                context.flags(context.flags() | AVFMT_FLAG_CUSTOM_IO);
                PacketDecoder.check(
                        avformat_open_input(
                                context,
                                (String) null,
                                av_find_input_format("mov"),
                                (AVDictionary) null)); // frees it when it fails
                try {
                    HeifShape shape = HeifShape.of(file);
                    Layout layout = layout(context);
                    for (int stream : layout.tiles.keySet()) {
                        AVCodecParameters tile = context.streams(stream).codecpar();
                        PacketDecoder.check(tile.width(), tile.height());
                    }
                    Crop box = layout.box;
                    Crop shown = shape.crop(box.width(), box.height()).within(box);
                    return check.allow(
                            shown.width(),
                            shown.height(),
                            () -> shape.upright(picture(context, layout, shown)));
                } finally {
                    avformat_close_input(context);
                }
            }
        }
    }

    private static Layout layout(AVFormatContext context) throws UnreadFormException {
        for (int i = 0; i < context.nb_stream_groups(); i++) {
            AVStreamGroup group = context.stream_groups(i);
            if (group.type() == AV_STREAM_GROUP_PARAMS_TILE_GRID
                    && (group.disposition() & AV_DISPOSITION_DEFAULT) != 0) {
                return grid(group);
            }
        }
        for (int i = 0; i < context.nb_streams(); i++) {
            AVStream stream = context.streams(i);
            if (stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO
                    && (stream.disposition() & AV_DISPOSITION_DEFAULT) != 0) {
                return new Layout(
                        Map.of(i, List.of(new Place(0, 0))),
                        new Crop(0, 0, stream.codecpar().width(), stream.codecpar().height()));
            }
        }
        throw new UnreadFormException("a main picture of a kind FFmpeg does not know");
    }

    private static Layout grid(AVStreamGroup group) {
        AVStreamGroupTileGrid grid = group.params_tile_grid();
        Map<Integer, List<Place>> tiles = new HashMap<>();
        for (int i = 0; i < grid.nb_tiles(); i++) {
            tiles.computeIfAbsent(
                            group.streams(grid.offsets_idx(i)).index(), s -> new ArrayList<>())
                    .add(new Place(grid.offsets_horizontal(i), grid.offsets_vertical(i)));
        }
        return new Layout(
                tiles,
                new Crop(
                        grid.horizontal_offset(),
                        grid.vertical_offset(),
                        grid.width(),
                        grid.height()));
    }

    private static RgbImage picture(AVFormatContext context, Layout layout, Crop shown)
            throws IOException {
        PixelSink sink = PixelSink.of(shown.width(), shown.height());
        PixelTarget canvas = shown.into(sink);
        Map<Integer, List<Place>> wanted = new HashMap<>(layout.tiles);
        AVPacket packet = av_packet_alloc();
        try (FfmpegPixels pixels = new FfmpegPixels()) {
            while (!wanted.isEmpty()) {
                int read = av_read_frame(context, packet);
                if (read == AVERROR_EOF) {
                    throw new EOFException(wanted.size() + " tiles are missing");
                }
                PacketDecoder.check(read);
                List<Place> places = wanted.remove(packet.stream_index());
                if (places != null) {
                    tile(context.streams(packet.stream_index()), packet, places, pixels, canvas);
                }
                av_packet_unref(packet);
            }
        } finally {
            av_packet_free(packet);
        }
        return sink.picture();
    }

    private static void tile(
            AVStream stream,
            AVPacket packet,
            List<Place> places,
            FfmpegPixels pixels,
            PixelTarget canvas)
            throws IOException {
        new PacketDecoder(stream.codecpar().codec_id())
                .decode(
                        packet,
                        PacketDecoder.as(stream.codecpar()),
                        tile -> {
                            for (Place place : places) {
                                pixels.put(tile, place.x, place.y, canvas);
                            }
                        });
    }
}
