# SPDX-License-Identifier: Apache-2.0
"""The machine: what it is, and what one of its cores can do at most."""

import os
import pathlib
import platform
import subprocess

NATIVE = pathlib.Path(__file__).resolve().parents[2] / "native"


def flags():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith(("flags", "Features")):
            return set(line.split(":")[1].split())
    return set()


def describe():
    text = pathlib.Path("/proc/cpuinfo").read_text()
    names = [line.split(":")[1].strip() for line in text.splitlines() if line.startswith(("model name", "Model"))]
    memory = next(line for line in pathlib.Path("/proc/meminfo").read_text().splitlines() if "MemTotal" in line)
    return {
        "processor": names[0] if names else platform.machine(),
        "architecture": platform.machine(),
        "cores": cores(),
        "memory_mb": int(memory.split()[1]) // 1024,
        "kernel": platform.release(),
        "load_at_start": os.getloadavg()[0],
    }


def cores():
    return len(os.sched_getaffinity(0))


def vectors():
    """Instruction sets with fp32 vectors this machine has: name -> (floats in a vector, compiler's options)."""
    have = flags()
    if platform.machine() == "aarch64":
        return {"NEON": (4, ["-march=armv8-a"])}
    sets = {"SSE": (4, ["-msse4.1"])}
    if {"avx2", "fma"} <= have:
        sets["AVX2"] = (8, ["-mavx2", "-mfma"])
    if "avx512f" in have:
        sets["AVX-512"] = (16, ["-mavx512f", "-mfma"])
    return sets


def widest(engine):
    """The instruction set an engine uses here: dlib's library knows AVX2 at most, ONNX Runtime AVX-512."""
    names = [name for name in vectors() if engine == "onnx" or name != "AVX-512"]
    return names[-1]


def compile_native(source, target, *options):
    command = ["g++", "-O3", *options, str(NATIVE / source), "-o", str(target)]
    subprocess.run(command, check=True)
    return target


def compile_peak(folder, name):
    lanes, options = vectors()[name]
    return compile_native("peak.cpp", folder / f"peak-{name}", f"-DLANES={lanes}", *options)


def peak(program):
    """10^9 fp32 multiply-adds per second of one core, now."""
    return float(subprocess.run([program], check=True, capture_output=True, text=True).stdout)


def macs_per_face():
    """Multiply-adds of dlib's face recognition network for one 150x150 chip, from its layers: convolutions with
    stride 1 pad to keep the size, those with stride 2 do not pad; a block that halves is padded to the size of
    its average-pooled shortcut."""
    size, total, channels = 150, 0, 3

    def convolve(size, inputs, outputs, window, stride):
        result = size if stride == 1 else (size - window) // stride + 1
        return result, result * result * inputs * outputs * window * window

    size, macs = convolve(size, 3, 32, 7, 2)
    total, channels, size = total + macs, 32, (size - 3) // 2 + 1  # max pool 3x3, stride 2
    for outputs, halves, blocks in ((32, False, 3), (64, True, 4), (128, True, 3), (256, True, 3), (256, True, 1)):
        for block in range(blocks):
            stride = 2 if halves and block == 0 else 1
            inner, first = convolve(size, channels, outputs, 3, stride)
            inner, second = convolve(inner, outputs, outputs, 3, 1)
            total += first + second
            size = max(inner, (size - 2) // 2 + 1) if stride == 2 else inner
            channels = outputs
    return total + channels * 128
