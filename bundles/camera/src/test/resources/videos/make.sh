#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes the clips of this folder: FFmpeg's own test pattern. Debian 12's ffmpeg 5.1.9 with libx264.
set -eu
cd "$(dirname "$0")"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

clip() {
    ffmpeg -y -loglevel error -fflags +bitexact "$@"
}

# Trimmed without encoding: an edit list hides what lies between the key frame and the cut.
clip -f lavfi -i testsrc2=size=96x64:rate=25:duration=3 -c:v libx264 -g 250 -crf 35 \
    -flags +bitexact "$scratch/long.mp4"
clip -ss 1.6 -t 0.8 -i "$scratch/long.mp4" -c copy -movflags +faststart trimmed.mp4
# One frame of five: the others are places in the index without a frame.
clip -i "$scratch/long.mp4" -vf "select='not(mod(n,5))'" -vsync vfr -c:v mjpeg -q:v 20 \
    -flags +bitexact gaps.avi
# Written to a pipe, as by a recorder that was switched off: sizes and duration are unknown.
clip -ss 1.6 -t 0.8 -i "$scratch/long.mp4" -c:v mpeg4 -q:v 20 -flags +bitexact -f matroska - \
    >unclosed.mkv
