#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes the clips in matrix/, of one frame each, and what ffmpeg itself makes of them in RGB beside
# them. FFmpeg's own test pattern; Debian 12's ffmpeg 5.1.9 with libx264, libx265, libvpx, libaom.
set -eu
cd "$(dirname "$0")/matrix"

make() {
    name=$1
    shift
    ffmpeg -y -loglevel error "$@" -flags +bitexact -fflags +bitexact "$name"
}
# Name, filter and options of what ffmpeg makes of it.
expect() {
    name=$1
    filter=$2
    shift 2
    ffmpeg -y -loglevel error "$@" -i "$name" -frames:v 1 -vf "$filter" -pix_fmt rgb24 \
        -fflags +bitexact "$name.png"
}
clip() {
    make "$@"
    expect "$1" null
}
# Options for a matrix, range and pixel format, the first as the scaler and as the stream call it.
tagged() {
    echo "-vf scale=out_color_matrix=$1:out_range=$3,format=$4 -colorspace $2 -color_range $3"
}
src="-f lavfi -i testsrc2=size=64x48:rate=25:duration=0.04"
odd="-f lavfi -i testsrc2=size=65x47:rate=25:duration=0.04"
x264="-c:v libx264 -crf 12 -x264-params no-info=1"
x265="-c:v libx265 -crf 12 -x265-params log-level=none:info=0"
woven="tinterlace=interleave_top,fieldorder=tff,format=yuv420p"

# Matrices and ranges.
clip unknown.mp4 $src -pix_fmt yuv420p $x264
clip bt601.mp4 $src $(tagged bt601 smpte170m tv yuv420p) $x264
clip bt470bg.mp4 $src $(tagged bt601 bt470bg tv yuv420p) $x264
clip bt709.mp4 $src $(tagged bt709 bt709 tv yuv420p) $x264
clip bt2020.mp4 $src $(tagged bt2020 bt2020nc tv yuv420p) $x264
clip smpte240m.mp4 $src $(tagged smpte240m smpte240m tv yuv420p) $x264
clip fcc.mp4 $src $(tagged fcc fcc tv yuv420p) $x264
clip full601.mp4 $src $(tagged bt601 smpte170m pc yuvj420p) $x264
clip full709.mp4 $src $(tagged bt709 bt709 pc yuvj420p) $x264
clip full-unknown.mp4 $src $(tagged bt601 unknown pc yuvj420p) $x264
# Samplings and depths.
clip j420.avi $src -pix_fmt yuvj420p -c:v mjpeg -q:v 2
clip j422.avi $src -pix_fmt yuvj422p -c:v mjpeg -q:v 2
clip j444.avi $src -pix_fmt yuvj444p -c:v mjpeg -q:v 2
clip gray-j.avi $src -pix_fmt gray -c:v mjpeg -q:v 2
clip 410.mkv $src -pix_fmt yuv410p -c:v ffv1
clip 411.mkv $src -pix_fmt yuv411p -c:v ffv1
clip 440.mkv $src -pix_fmt yuv440p -c:v ffv1
clip 422.mp4 $src -pix_fmt yuv422p $x264
clip 444.mp4 $src -pix_fmt yuv444p $x264
clip gray.mp4 $src -pix_fmt gray $x264
clip gray16.mkv $src -pix_fmt gray16le -c:v ffv1
clip 420p10.mp4 $src $(tagged bt709 bt709 tv yuv420p10le) $x264
clip 422p10.mp4 $src $(tagged bt709 bt709 tv yuv422p10le) $x264
clip 420p10-full.mp4 $src $(tagged bt709 bt709 pc yuv420p10le) $x264
clip hevc10.mp4 $src $(tagged bt709 bt709 tv yuv420p10le) $x265
clip hevc12.mp4 $src $(tagged bt709 bt709 tv yuv420p12le) $x265
clip prores.mov $src -pix_fmt yuv422p10le -c:v prores_ks
# HDR: the samples are taken for those of a common screen.
clip pq.mp4 $src $(tagged bt2020 bt2020nc tv yuv420p10le) \
    $x265:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc
clip hlg.mp4 $src $(tagged bt2020 bt2020nc tv yuv420p10le) \
    $x265:colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc
# What devices and screens give.
clip yuyv.avi $src -pix_fmt yuyv422 -c:v rawvideo
clip uyvy.avi $src -pix_fmt uyvy422 -c:v rawvideo
clip nv12.nut $src -pix_fmt nv12 -c:v rawvideo
clip bgr24.avi $src -pix_fmt bgr24 -c:v rawvideo
clip rgb565.nut $src -pix_fmt rgb565le -c:v rawvideo
clip rgb10.mkv $src -pix_fmt gbrp10le -c:v ffv1
clip rgba.mov $src -pix_fmt rgba -c:v png
clip palette.gif $src -filter_complex 'split[a][b];[a]palettegen[p];[b][p]paletteuse'
clip vp8-alpha.webm $src -pix_fmt yuva420p -c:v libvpx -crf 4 -b:v 2M -auto-alt-ref 0
clip vp9.webm $src -pix_fmt yuv420p -c:v libvpx-vp9 -crf 10 -b:v 0
clip av1.mp4 $src -pix_fmt yuv420p -c:v libaom-av1 -crf 10 -cpu-used 8
# Interlaced, and of odd sizes.
clip interlaced.mp4 -f lavfi -i testsrc2=size=64x48:rate=50:duration=0.04 -vf $woven \
    -flags +ilme+ildct $x264:tff=1
clip interlaced.ts -f lavfi -i testsrc2=size=64x48:rate=50:duration=0.04 -vf $woven \
    -c:v mpeg2video -q:v 2 -flags +ilme+ildct -top 1
clip odd-j420.avi $odd -pix_fmt yuvj420p -c:v mjpeg -q:v 2
clip odd.mp4 $odd -pix_fmt yuv420p -c:v mpeg4 -q:v 2
clip odd444.mp4 $odd -pix_fmt yuv444p $x264
clip odd.webm $odd -pix_fmt yuv420p -c:v libvpx-vp9 -crf 10 -b:v 0
# Pixels that are not square.
make wide.mp4 $src -vf setsar=2 -pix_fmt yuv420p $x264
expect wide.mp4 scale=iw*sar:ih
make narrow.mp4 $src -vf setsar=8/9 -pix_fmt yuv420p $x264
expect narrow.mp4 scale=iw:ih/sar
# Turned, and mirrored: ffmpeg 5.1 writes turns only, so the matrix is put in by hand.
for degrees in 90 180 270; do
    make turned$degrees.mp4 -i bt709.mp4 -c copy -metadata:s:v rotate=$degrees
    expect turned$degrees.mp4 null
done
python3 - <<'P'
import struct

video = open("turned90.mp4", "rb").read()
at = video.index(b"tkhd") + 44
for name, (a, b, c, d) in {
    "hflip": (-1, 0, 0, 1),
    "vflip": (1, 0, 0, -1),
    "transpose": (0, 1, 1, 0),
    "transverse": (0, -1, -1, 0),
}.items():
    matrix = struct.pack(">9i", a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30)
    open(name + ".mp4", "wb").write(video[:at] + matrix + video[at + 36:])
P
expect hflip.mp4 hflip -noautorotate
expect vflip.mp4 vflip -noautorotate
expect transpose.mp4 transpose=cclock_flip -noautorotate
expect transverse.mp4 transpose=clock_flip -noautorotate
# Turned by the stream itself (SEI).
make sei.mp4 -i bt709.mp4 -c copy -bsf:v h264_metadata=display_orientation=insert:rotate=90
expect sei.mp4 null
# Another size in the middle.
make first.ts $src -pix_fmt yuv420p $x264
make second.ts -f lavfi -i testsrc2=size=96x32:rate=25:duration=0.04 -pix_fmt yuv420p $x264 \
    -output_ts_offset 0.04
expect second.ts null
cat first.ts second.ts >resized.ts
mv second.ts.png resized.ts.png
rm first.ts second.ts
