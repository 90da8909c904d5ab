#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""store-jars.py FOLDER...

Writes every jar in the folders anew with the same entries, in the same order, not compressed: xz, which packs
archives and packages, finds more in classes than in what was compressed before, and starts unpack nothing. Signatures
and the comparison of bundles with those of the installation are of the entries, which stay. The same jar always
gives the same bytes.
"""

import pathlib
import sys
import zipfile


def store(jar: pathlib.Path) -> None:
    new = jar.with_name(jar.name + ".new")
    with zipfile.ZipFile(jar) as old, zipfile.ZipFile(new, "w", zipfile.ZIP_STORED) as stored:
        names = set()
        for entry in old.infolist():
            if entry.filename in names:
                sys.exit(f"{jar} has {entry.filename} twice: which of both is meant?")
            names.add(entry.filename)
            copy = zipfile.ZipInfo(entry.filename, entry.date_time)
            copy.create_system = 3
            copy.external_attr = (0o40755 << 16 | 0x10) if entry.is_dir() else 0o100644 << 16
            stored.writestr(copy, old.read(entry))
    jar.chmod(0o644)
    new.chmod(0o644)
    new.replace(jar)


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for folder in map(pathlib.Path, sys.argv[1:]):
        jars = sorted(folder.glob("*.jar"))
        if not jars:
            sys.exit(f"There are no jars in {folder}.")
        for jar in jars:
            store(jar)


main()
