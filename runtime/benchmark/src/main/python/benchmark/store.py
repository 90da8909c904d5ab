# SPDX-License-Identifier: Apache-2.0
"""The store with a large gallery, clear and encrypted: a gateway of its own for each opening, with the memory a
gateway has by itself. The peer has nothing like it."""

import pathlib
import shutil

from .rows import Row
from .runs import percentile
from .workers import gateway_worker, memory, peer

EACH = 10
ADDITIONS = 40
SIDES = ("clear", "encrypted")


def store(bench):
    people = 500 if bench.quick else 10_000
    measured = Measured(bench, people)
    bench.progress(f"store: {people:,} people with {EACH} encodings each are made")
    empty = measured.make()
    for number in range(bench.rounds(5)):
        for side in SIDES:
            bench.progress(f"store, process {number + 1}, {side}")
            measured.once(side)
    for side in SIDES:
        yield from measured.rows(side, bench.quick)
    yield measured.encrypting
    yield measured.sizes(empty)


class Measured:
    """Two files of the same people, and what was measured with them."""

    def __init__(self, bench, people):
        self.bench, self.people = bench, people
        self.folder = bench.work / "store"
        self.folder.mkdir()
        self.data = bench.work / "store-data"
        (self.data / "conf").mkdir(parents=True)
        # a backup begun meanwhile would be measured, too
        (self.data / "conf/io.facegate.backup.config").write_text('enabled=B"false"\n')
        self.files = {side: self.folder / f"{side}.db" for side in SIDES}
        self.key = self.folder / "store.key"
        with peer() as asked:
            self.chips = bench.material.chips(asked)
        self.disk = file_system(self.folder)
        self.title = f"{people:,} people with {EACH} encodings"
        self.rows_of = {side: self.begin(side) for side in SIDES}
        self.encrypting = Row("store/encrypt", f"store, {self.title}: encrypted at the first start with a key")

    def begin(self, side):
        return {"open": Row(f"store/open/{side}", f"store, {self.title}, {side}: activation to served"),
                "add": Row(f"store/add/{side}", f"store, {side}: one encoding with its chip added"),
                "memory": Row(f"store/memory/{side}", f"store, {side}: resident memory of the gateway", "MB")}

    def worker(self, **options):
        jar = next((self.bench.root / "runtime/benchmark/target").glob("io.facegate.benchmark-*.jar"))
        return gateway_worker(self.bench.installation, jar, self.data, **options)

    def open(self, gateway, side, people):
        return gateway.ask("store.open", file=str(self.files[side]), people=people,
                           key=str(self.key) if side == "encrypted" else "")

    def make(self):
        """Fills a file, copies and encrypts it; the sizes of the two without chips."""
        with self.worker(heap="1g") as gateway:
            self.open(gateway, "clear", 0)
            gateway.ask("store.fill", people=self.people, each=EACH)
            gateway.ask("store.key", file=str(self.key))
        shutil.copyfile(self.files["clear"], self.files["encrypted"])
        with self.worker() as gateway:
            self.encrypting.add("facegate", self.open(gateway, "encrypted", self.people))
        return {side: file.stat().st_size for side, file in self.files.items()}

    def once(self, side):
        rows = self.rows_of[side]
        with self.worker() as gateway:
            before = memory(gateway.process.pid, "VmRSS")
            rows["open"].add("facegate", self.open(gateway, side, self.people))
            answer = gateway.ask("store.add", count=ADDITIONS, chips=self.chips, bare=str(self.folder / "bare"))
            resident = memory(gateway.process.pid, "VmRSS")
        for key, values in (("facegate", answer["additions"]), ("page and fdatasync", answer["writes"])):
            rows["add"].samples.setdefault(key, []).extend(values)
        for key, value in (("facegate", resident), ("with an empty store", before)):
            rows["memory"].samples.setdefault(key, []).append(value)

    def rows(self, side, quick):
        opened, added, resident = self.rows_of[side].values()
        opened.note = f"{len(opened.samples['facegate'])} processes"
        p95 = percentile(added.samples["facegate"], 95)
        bare = added.median("page and fdatasync")
        added.figures.update(p95=p95, fdatasync=bare, disk=self.disk)
        added.note = f"p95 {p95:.1f} ms; beside it one page written and fdatasync {bare:.2f} ms ({self.disk})"
        resident.note = f"{resident.median('with an empty store'):.0f} MB with an empty store"
        if not quick:
            opened.at_most("ms", opened.median("facegate"), 1500)
            added.at_most("ms", added.median("facegate"), 20)
        return opened, added, resident

    def sizes(self, empty):
        count = ADDITIONS * len(self.rows_of["clear"]["open"].samples["facegate"])
        grown = {side: (file.stat().st_size - empty[side]) / count / 1000 for side, file in self.files.items()}
        row = Row("store/chip", "store: room of one encoding with its chip in the file", "kB",
                  samples={"facegate": [grown["clear"]], "encrypted": [grown["encrypted"]]})
        row.figures.update(files_without_chips=empty, chips=len(self.chips))
        encodings = self.people * EACH
        row.note = (f"encrypted {grown['encrypted']:.1f} kB; {encodings:,} of them {grown['clear'] * encodings / 1e6:.1f} GB, "
                    f"without chips {empty['clear'] / 1e6:.0f} MB")
        return row


def file_system(folder):
    """The type of the file system a folder is on: in memory, syncing costs nothing."""
    best = ("/", "?")
    for line in pathlib.Path("/proc/mounts").read_text().splitlines():
        _, place, kind, *_ = line.split(" ")
        if folder.is_relative_to(place) and len(place) >= len(best[0]):
            best = (place, kind)
    return best[1]
