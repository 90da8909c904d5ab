# SPDX-License-Identifier: Apache-2.0
"""What was measured: one row for each thing compared."""

import dataclasses
import statistics


@dataclasses.dataclass
class Target:
    """What the project promises of a row."""
    text: str
    value: float
    limit: float
    at_least: bool

    @property
    def reached(self):
        return self.value >= self.limit if self.at_least else self.value <= self.limit


@dataclasses.dataclass
class Row:
    """Samples of one thing, of the peer, of Facegate and of others; in milliseconds unless said."""
    id: str
    title: str
    unit: str = "ms"
    samples: dict = dataclasses.field(default_factory=dict)  # side -> list
    cpu: dict = dataclasses.field(default_factory=dict)  # side -> list of the calling threads' CPU milliseconds
    one_thread: bool = False  # so that the CPU time is all there is
    differing: list = dataclasses.field(default_factory=list)
    compared: bool = False
    figures: dict = dataclasses.field(default_factory=dict)
    targets: list = dataclasses.field(default_factory=list)
    note: str = ""

    def add(self, side, answer):
        self.samples.setdefault(side, []).append(answer["millis"])
        if "cpu_millis" in answer:
            self.cpu.setdefault(side, []).append(answer["cpu_millis"])

    def median(self, side):
        values = self.samples.get(side)
        return statistics.median(values) if values else None

    def ratio(self, of="peer", to="facegate"):
        """How many times faster 'to' is; for rates how many times the rate."""
        a, b = self.median(of), self.median(to)
        if not a or not b:
            return None
        return b / a if self.unit == "fps" else a / b

    def at_least(self, text, value, limit):
        self.targets.append(Target(text, value, limit, True))

    def at_most(self, text, value, limit):
        self.targets.append(Target(text, value, limit, False))

    def faster(self, limit):
        if self.ratio():
            self.at_least(f"{limit:g} times", self.ratio(), limit)

    def differ(self, what):
        self.compared = True
        self.differing += what

    def as_json(self):
        data = dataclasses.asdict(self)
        data["medians"] = {side: self.median(side) for side in self.samples}
        data["ratio"] = self.ratio()
        cpu = {side: statistics.median(values) for side, values in self.cpu.items()}
        if self.one_thread and cpu.get("facegate"):
            data["cpu_ratio"] = cpu["peer"] / cpu["facegate"]
        data["targets"] = [{**dataclasses.asdict(t), "reached": t.reached} for t in self.targets]
        return data
