# SPDX-License-Identifier: Apache-2.0
"""What a frame costs from a file or a camera's stream to RGB, beside the ffmpeg program on the same bytes."""

import contextlib
import http.server
import os
import pathlib
import platform
import re
import shutil
import subprocess
import threading
import zipfile

from .rows import Row
from .workers import Trouble, gateway_worker

TYPES = {".ts": "video/mp2t", ".multipart": "multipart/x-mixed-replace;boundary=ffmpeg"}
BOUNDARY = b"--ffmpeg\r\n"
TICK = 1e3 / os.sysconf("SC_CLK_TCK")


class Program:
    """An ffmpeg, at best the one of the very build whose libraries Facegate decodes with."""

    def __init__(self, bench):
        self.same = self._beside_the_libraries(bench)
        self.path = self.same or shutil.which("ffmpeg")
        if not self.path:
            raise Trouble("There is no ffmpeg to compare with: install it (apt install ffmpeg).")
        version = subprocess.run([self.path, "-version"], capture_output=True, text=True, check=True).stdout
        self.name = version.split(" Copyright")[0].replace(" version", "")
        self.name += ", the libraries' own" if self.same else ", another build"

    @staticmethod
    def _beside_the_libraries(bench):
        """JavaCPP's jar of FFmpeg, which the build left in Maven's repository, holds the program, too."""
        kind = "linux-arm64" if platform.machine() == "aarch64" else "linux-x86_64"
        natives = next(bench.installation.home.glob("bundle/io.facegate.bytedeco.natives-*.jar"))
        for repository in (pathlib.Path.home() / ".m2/repository", bench.root / "target/repository"):
            for jar in repository.glob(f"org/bytedeco/ffmpeg/*/ffmpeg-*-{kind}.jar"):
                if codec(jar) == codec(natives):
                    with zipfile.ZipFile(jar) as archive:
                        folder = f"org/bytedeco/ffmpeg/{kind}/"
                        wanted = [name for name in archive.namelist() if name.startswith(folder)]
                        archive.extractall(bench.work / "ffmpeg", wanted)
                    program = bench.work / "ffmpeg" / folder / "ffmpeg"
                    program.chmod(0o755)
                    return str(program)
        return None

    def run(self, *words):
        """Runs it to its end: the CPU milliseconds of all its threads, and what it wrote."""
        process = subprocess.Popen(
            [self.path, "-nostdin", "-loglevel", "error", *map(str, words)], stdout=subprocess.PIPE, text=True)
        with process.stdout:
            out = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise Trouble(f"ffmpeg {' '.join(map(str, words))} failed")
        return (used.ru_utime + used.ru_stime) * 1e3, out

    def decode(self, location, frames, *target):
        return self.run("-i", location, "-frames:v", frames, "-fps_mode", "passthrough", "-an", "-c:v", "rawvideo",
                        "-pix_fmt", "rgb24", "-y", *(target or ("-f", "rawvideo", "/dev/null")))


def codec(jar):
    """The checksum of FFmpeg's decoders in a jar."""
    with zipfile.ZipFile(jar) as archive:
        found = (info.CRC for info in archive.infolist() if re.search(r"/libavcodec\.so\.\d+$", info.filename))
        return next(found, None)


def cpu(pid):
    """User and system time of all threads of a process, in milliseconds, to a tick of the kernel."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * TICK


def clips(bench, frames):
    """The clip in 1920x1080 as cameras send and record it: H.264 of 4 Mbit/s, Motion JPEG."""
    encoder = shutil.which("ffmpeg")
    if not encoder:
        raise Trouble("There is no ffmpeg to make clips with: install it (apt install ffmpeg).")

    def make(name, *words):
        target = bench.work / name
        subprocess.run([encoder, "-nostdin", "-loglevel", "error", *map(str, words), target], check=True)
        return target

    scaled = ("-stream_loop", -1, "-i", bench.material.clip, "-vf", "scale=1920:1080", "-frames:v", frames, "-an")
    h264 = make("h264.mp4", *scaled, "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "veryfast", "-bf", 0,
                "-g", 50, "-b:v", "4M")
    mjpeg = make("motion.mjpeg", *scaled, "-pix_fmt", "yuvj420p", "-c:v", "mjpeg", "-q:v", 4)
    return {"H.264, MP4 file": h264,
            "H.264, TS by HTTP": make("h264.ts", "-i", h264, "-c", "copy", "-f", "mpegts"),
            "MJPEG, file": mjpeg,
            "MJPEG, multipart by HTTP": make("motion.multipart", "-i", mjpeg, "-c", "copy", "-f", "mpjpeg")}


class Camera(http.server.BaseHTTPRequestHandler):
    """Sends a file as a camera would, over and over, as fast as it is taken."""

    def do_GET(self):
        file = self.server.folder / self.path[1:]
        self.send_response(200)
        self.send_header("Content-Type", TYPES[file.suffix])
        self.end_headers()
        content = file.read_bytes()
        with contextlib.suppress(OSError):  # who has enough frames hangs up
            self.wfile.write(content)
            while True:
                self.wfile.write(content.removeprefix(BOUNDARY))

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def cameras(folder):
    """The address of a server of the files in a folder."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Camera) as server:
        server.folder, server.daemon_threads = folder, True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def decoding(bench):
    """CPU time of a frame, all threads of the process, without what starting and opening take."""
    frames = 40 if bench.quick else 300
    program = Program(bench)
    bench.progress("making clips")
    made = clips(bench, frames + 1)
    data = bench.work / "decoding"
    data.mkdir()
    jar = next((bench.root / "runtime/benchmark/target").glob("io.facegate.benchmark-*.jar"))
    with cameras(bench.work) as server, gateway_worker(bench.installation, jar, data) as gateway:
        for title, file in made.items():
            bench.progress(f"decoding {title}")
            location = f"{server}/{file.name}" if "HTTP" in title else str(file)
            row = Row(f"decoding/{file.name}", f"{title}, 1080p: CPU time of a frame")
            yield measured(bench, row, program, gateway, location, frames)


def measured(bench, row, program, gateway, location, frames):
    same_pixels(row, program, gateway, location, frames + 1)
    warm_ups = 1 if bench.quick else 8  # what the JVM compiles meanwhile is no cost of a frame
    for number in range(warm_ups + bench.rounds(9)):
        both = {"ffmpeg": program.decode(location, frames + 1)[0] - program.decode(location, 1)[0],
                "facegate": facegate(gateway, location, frames)}
        if number >= warm_ups:
            for side, millis in both.items():
                row.samples.setdefault(side, []).append(millis / frames)
    part = row.median("facegate") / row.median("ffmpeg")
    row.figures.update(of_ffmpeg=part, frames=frames, program=program.name)
    row.note = f"{part:.2f} of {program.name} ({row.median('ffmpeg'):.2f} ms)"
    if not bench.quick:
        row.at_most("of ffmpeg", part, 1.15)
    return row


def facegate(gateway, location, frames):
    gateway.ask("decode.open", location=location)
    gateway.ask("decode.read", frames=1, digest=False)
    before = cpu(gateway.process.pid)
    gateway.ask("decode.read", frames=frames, digest=False)
    used = cpu(gateway.process.pid) - before
    gateway.ask("decode.close")
    return used


def same_pixels(row, program, gateway, location, frames):
    """Every sample of every frame; another build may round otherwise, so that only the frames are counted."""
    gateway.ask("decode.open", location=location)
    ours = gateway.ask("decode.read", frames=frames, digest=True)
    gateway.ask("decode.close")
    theirs = program.decode(location, frames, "-f", "md5", "-")[1].strip().partition("=")[2]
    differing = [] if ours["frames"] == frames else [f"{ours['frames']} of {frames} frames"]
    if program.same and ours["digest"] != theirs:
        differing.append("other pixels than ffmpeg's")
    row.differ(differing)
