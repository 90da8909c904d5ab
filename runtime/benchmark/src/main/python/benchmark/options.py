# SPDX-License-Identifier: Apache-2.0
"""The words after ./facegate benchmark. Standard library only: they are checked before anything is installed."""

import argparse
import pathlib
import sys

STAGES = ("detect", "cnn", "encode", "match", "clip", "live", "rate", "start", "pictures", "decoding", "memory",
          "store", "models")


def stages(text):
    chosen = text.split(",")
    for stage in chosen:
        if stage not in STAGES:
            raise argparse.ArgumentTypeError(f"there is no stage '{stage}', only {', '.join(STAGES)}")
    return [stage for stage in STAGES if stage in chosen]


def rounds(text):
    if not text.isdigit() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"rounds are 1 to 1000, not {text}")
    return int(text)


def folder(text):
    path = pathlib.Path(text).absolute()
    if not any(p.is_dir() for p in path.glob("*")):
        raise argparse.ArgumentTypeError(f"{text} is no folder with one folder of pictures per person")
    return path


def jars(text):
    path = pathlib.Path(text).absolute()
    if not any(path.glob("*.jar")):
        raise argparse.ArgumentTypeError(f"{text} is no folder with model bundles")
    return path


def file(text):
    path = pathlib.Path(text).absolute()
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"{text} is no file")
    return path


class Parser(argparse.ArgumentParser):
    def error(self, message):
        sys.stderr.write(f"facegate: {message}; see ./facegate benchmark --help\n")
        sys.exit(2)


def parse(words):
    parser = Parser(add_help=False, allow_abbrev=False)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", type=stages, default=list(STAGES))
    parser.add_argument("--rounds", type=rounds)
    parser.add_argument("--output", type=lambda text: pathlib.Path(text).absolute())
    parser.add_argument("--pictures", type=folder)
    parser.add_argument("--clip", type=file)
    parser.add_argument("--bundles", type=jars)
    parser.add_argument("--data", type=lambda text: pathlib.Path(text).absolute())
    return parser.parse_args(words)


if __name__ == "__main__":
    parse(sys.argv[1:])
