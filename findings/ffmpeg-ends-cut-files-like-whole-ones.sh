#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# PyAV 14.2.0 (libavformat 61.7.100, of FFmpeg 7.1, within its wheel), numpy 2.2.6
#
# Guess before the run: a recording that was cut off in the middle of a packet ends with an error of the demuxer, or with a
#   packet that is flagged as corrupt, whatever the container.
# Seen: MP4, Matroska, FLV and MPEG-TS all end as a whole file does, without an error. MP4 and FLV flag their last packet as
#   corrupt; in Matroska and MPEG-TS nothing differs from a shorter file that is whole.
# Why it matters here: a gateway that reads videos has to tell a film that was copied in part from one that is short. It must
#   look at the container itself.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip -q install --only-binary :all: av==14.2.0 numpy==2.2.6
cat >cut.py <<'PY'
import os
import av
import numpy as np


def record(name):
    with av.open(name, "w", options={"movflags": "faststart"} if name.endswith("mp4") else {}) as out:
        stream = out.add_stream("mpeg4" if not name.endswith("flv") else "flv", rate=10)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        random = np.random.default_rng(1)
        for _ in range(30):
            pixels = random.integers(0, 255, (240, 320, 3), dtype=np.uint8)
            for packet in stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")):
                out.mux(packet)
        for packet in stream.encode():
            out.mux(packet)


def read(name):
    packets = corrupt = 0
    end = "end"
    with av.open(name) as file:
        try:
            for packet in file.demux(video=0):
                if packet.size:
                    packets += 1
                    corrupt += packet.is_corrupt
        except av.FFmpegError as error:
            end = type(error).__name__
    return packets, corrupt, end


print("libavformat", ".".join(map(str, av.library_versions["libavformat"])))
for ending in ("mp4", "mkv", "flv", "ts"):
    name = "film." + ending
    record(name)
    whole = read(name)
    with open(name, "r+b") as file:
        # 188 is the size of a packet of MPEG-TS: not at a border
        file.truncate(os.path.getsize(name) * 6 // 10 // 188 * 188 + 77)
    packets, corrupt, end = read(name)
    print(ending, "whole:", whole[0] == 30, whole[1], whole[2], "cut:", 0 < packets < 30, corrupt, end)
PY
venv/bin/python cut.py >seen
cat seen
diff seen - <<'SEEN' || { echo "changed: see above"; exit 1; }
libavformat 61.7.100
mp4 whole: True 0 end cut: True 1 end
mkv whole: True 0 end cut: True 0 end
flv whole: True 0 end cut: True 1 end
ts whole: True 0 end cut: True 0 end
SEEN
echo "as described"
