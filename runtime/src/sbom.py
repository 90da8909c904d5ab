#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""sbom.py FOLDER VERSION PLATFORM PINS REPOSITORY

Writes FOLDER/sbom.cdx.json: what a distribution is made of, as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/).
It is looked up in the files themselves: each jar, and within each jar the libraries whose files it has, byte for byte,
of the jars that the build may download (PINS: SHA-256 and path), with the licences of their POMs in REPOSITORY, Maven's
local one. What is compiled into native libraries leaves no such trace and stands in COMPILED. Weights are listed with
the SHA-256 of their file. The same files give the same list.
"""

import hashlib
import io
import json
import pathlib
import re
import sys
import uuid
import xml.etree.ElementTree as ElementTree
import zipfile

APACHE = "Apache-2.0"
# within this bundle, made of sources or of libraries that are no Maven artifacts: name, version, licence, URL
COMPILED = {
    "io.facegate.dlib": [
        ("dlib", "20.0.1", "BSL-1.0", "pkg:github/davisking/dlib@v20.0.1"),
        ("Eigen", "3", "MPL-2.0", "pkg:deb/debian/libeigen3-dev"),
    ],
    "io.facegate.sqlite": [("SQLite", None, "blessing", "pkg:generic/sqlite")],
    "io.facegate.camera": [("libffi", None, "MIT", "pkg:generic/libffi")],
    "io.facegate.bytedeco.natives": [("FFmpeg", "8.0.1", "LGPL-2.1-or-later", "pkg:generic/ffmpeg@8.0.1")],
}
# of Jetty, which Felix HTTP has in it
JETTY = "org/eclipse/jetty/version/build.properties"
WEIGHTS = re.compile(r"model/[^/]*\.(onnx|dat)")
# as POMs write the names of licences that SPDX has
SPDX = {"Apache License, Version 2.0": APACHE, "The BSD 3-Clause License": "BSD-3-Clause",
        APACHE: APACHE, "BSD-3-Clause": "BSD-3-Clause", "MIT": "MIT", "EPL-2.0": "EPL-2.0"}


def licence(name: str) -> dict:
    return {"license": {"id": SPDX[name]} if name in SPDX else {"name": name}}


def sha256(data: bytes) -> list:
    return [{"alg": "SHA-256", "content": hashlib.sha256(data).hexdigest()}]


def is_code(name: str) -> bool:
    return name.endswith(".class") or ".so" in name.rsplit("/", 1)[-1]


def code_of(jar) -> set:
    """Classes and native libraries of a jar and of those in it: name without folders, size and CRC."""
    code = set()
    with zipfile.ZipFile(jar) as entries:
        for entry in entries.infolist():
            if entry.filename.endswith(".jar"):
                code |= code_of(io.BytesIO(entries.read(entry)))
            elif entry.file_size and is_code(entry.filename):
                code.add((entry.filename.rsplit("/", 1)[-1], entry.file_size, entry.CRC))
    return code


class Library:
    """A jar that the build may download, by its path in the local repository."""

    def __init__(self, repository: pathlib.Path, path: str, digest: str):
        *group, self.artifact, self.version, file = path.split("/")
        self.group = ".".join(group)
        self.repository = repository
        self.digest = digest
        self.qualifier = file[len(f"{self.artifact}-{self.version}") : -len(".jar")].lstrip("-")
        self.jar = repository / path
        self.code = code_of(self.jar)

    def licences(self) -> list:
        group, artifact, version = self.group, self.artifact, self.version
        while True:
            pom = self.repository / group.replace(".", "/") / artifact / version / f"{artifact}-{version}.pom"
            if not pom.is_file():
                return []
            tree = ElementTree.parse(pom).getroot()
            space = tree.tag[: tree.tag.index("}") + 1] if tree.tag.startswith("{") else ""
            names = [name.text.strip() for name in tree.findall(f"{space}licenses/{space}license/{space}name")]
            parent = tree.find(f"{space}parent")
            if names or parent is None:
                return [licence(name) for name in names]
            group, artifact, version = (
                parent.find(space + part).text.strip() for part in ("groupId", "artifactId", "version")
            )

    def component(self, where: str) -> dict:
        purl = f"pkg:maven/{self.group}/{self.artifact}@{self.version}"
        if self.qualifier:
            purl += f"?classifier={self.qualifier}"
        component = {
            "type": "library",
            "bom-ref": f"{where}!{purl}",
            "group": self.group,
            "name": self.artifact,
            "version": self.version,
            "hashes": [{"alg": "SHA-256", "content": self.digest}],
            "licenses": self.licences(),
            "purl": purl,
        }
        return {key: value for key, value in component.items() if value}


def libraries(pins: pathlib.Path, repository: pathlib.Path) -> list:
    found = []
    for line in pins.read_text().splitlines():
        match = re.fullmatch(r"([0-9a-f]{64})  (\S+\.jar)", line)
        if match and (repository / match[2]).is_file():
            found.append(Library(repository, match[2], match[1]))
    return [library for library in found if library.code]


def within(code: set, candidates: list) -> list:
    """The libraries that code comes from: those first that give most of it, and most of themselves."""
    rest, chosen = set(code), []
    while rest:
        best = max(candidates, key=lambda library: (len(rest & library.code), len(library.code & code) / len(library.code)))
        if not rest & best.code:
            break
        chosen.append(best)
        rest -= best.code
    return sorted(chosen, key=lambda library: str(library.jar))


def of_jar(folder: pathlib.Path, jar: pathlib.Path, version: str, candidates: list) -> dict:
    place = jar.relative_to(folder).as_posix()
    own = jar.name.startswith("io.facegate.") or place in ("bin/start.jar", "models/opencv-sface.jar")
    name = jar.name.removesuffix(".jar").removesuffix("-" + version)
    inside = [library.component(place) for library in within(code_of(jar), candidates)]
    compiled = list(COMPILED.get(name, []))
    weights = False
    with zipfile.ZipFile(jar) as entries:
        if JETTY in entries.namelist():
            number = re.search(r"^version=(.+)$", entries.read(JETTY).decode(), re.MULTILINE)[1].strip()
            compiled.append(("jetty", number, APACHE, f"pkg:maven/org.eclipse.jetty/jetty-server@{number}"))
        manifest = entries.read("META-INF/MANIFEST.MF").decode().replace("\r\n", "\n").replace("\n ", "")
        said = re.search(r"^Bundle-License: ([A-Za-z0-9.-]+)$", manifest, re.MULTILINE)
        for entry in sorted(entries.namelist()):
            if WEIGHTS.fullmatch(entry):
                weights = True
                inside.append({"type": "file", "bom-ref": f"{place}!{entry}", "name": entry,
                               "hashes": sha256(entries.read(entry))})
    for part, number, of, purl in compiled:
        part = {"type": "library", "bom-ref": f"{place}!{purl}", "name": part, "version": number,
                "licenses": [{"license": {"id": of}}], "purl": purl}
        inside.append({key: value for key, value in part.items() if value})
    component = {"type": "machine-learning-model" if weights else "library", "bom-ref": place, "name": name,
                 "hashes": sha256(jar.read_bytes()), "properties": [{"name": "facegate:file", "value": place}]}
    if own:
        component |= {"version": version, "licenses": [{"license": {"id": said[1] if said else APACHE}}]}
    elif inside:
        # the very jar of somebody else, whose bytes differ only as it is stored
        for key in ("group", "name", "version", "licenses", "purl"):
            if key in inside[0]:
                component[key] = inside[0][key]
        inside = inside[1:]
    if inside:
        component["components"] = inside
    return component


def main() -> None:
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    folder, version, platform = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    candidates = libraries(pathlib.Path(sys.argv[4]), pathlib.Path(sys.argv[5]))
    components = [of_jar(folder, jar, version, candidates) for jar in sorted(folder.rglob("*.jar"))]
    digest = hashlib.sha256(json.dumps(components, sort_keys=True).encode()).hexdigest()
    bom = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "facegate",
                "name": "facegate",
                "version": version,
                "licenses": [{"license": {"id": APACHE}}],
                "properties": [{"name": "facegate:platform", "value": platform}],
            }
        },
        "components": components,
    }
    target = folder / "sbom.cdx.json"
    target.write_text(json.dumps(bom, indent=1) + "\n")
    target.chmod(0o644)


if __name__ == "__main__":
    main()
