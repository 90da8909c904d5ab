#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes the clips of this folder: FFmpeg's own test pattern. Debian 12's ffmpeg 5.1.9 with libx264.
set -eu
cd "$(dirname "$0")"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

clip() {
    ffmpeg -y -loglevel error "$@"
}
exact="-flags +bitexact -fflags +bitexact"

# Trimmed without encoding: an edit list hides what lies between the key frame and the cut.
clip -f lavfi -i testsrc2=size=96x64:rate=25:duration=3 -c:v libx264 -g 250 -crf 35 $exact \
    "$scratch/long.mp4"
clip -ss 1.6 -t 0.8 -i "$scratch/long.mp4" -c copy -movflags +faststart $exact trimmed.mp4
# One frame of five: the others are places in the index without a frame.
clip -i "$scratch/long.mp4" -vf "select='not(mod(n,5))'" -vsync vfr -c:v mjpeg -q:v 20 $exact \
    gaps.avi
# Written to a pipe, as by a recorder that was switched off: sizes and duration are unknown.
clip -ss 1.6 -t 0.8 -i "$scratch/long.mp4" -c:v mpeg4 -q:v 20 $exact -f matroska - >unclosed.mkv

# Pixels twice as wide as high: said by the container, by the codec alone, by neither.
narrow="-f lavfi -i testsrc2=size=64x96:rate=25:duration=0.04"
clip $narrow -vf setsar=2 -c:v mpeg4 -q:v 6 $exact wide.mp4
clip $narrow -vf setsar=2 -c:v mpeg2video -q:v 6 $exact -f mpegts wide.ts
clip $narrow -vf setsar=2 -pix_fmt yuv420p -c:v libx264 -crf 35 -x264-params no-info=1 $exact wide.h264
clip $narrow -c:v mjpeg -q:v 6 $exact silent.avi
# Half as wide, and turned by a quarter beside.
clip $narrow -vf setsar=1/2 -c:v mpeg4 -q:v 6 $exact high.mp4
clip -i wide.mp4 -c copy -metadata:s:v rotate=90 $exact turned.mp4
