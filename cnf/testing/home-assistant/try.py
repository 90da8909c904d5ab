# SPDX-License-Identifier: Apache-2.0
"""The gateway beside a real Home Assistant: see ./run."""

import argparse
import pathlib
import shutil
import sys
import time
import traceback

from home import Broker, Gateway, Home, wait_for

TESTS = []


def test(function):
    TESTS.append(function)
    return function


class Bench:
    """A broker, a Home Assistant that knows it, and a gateway with the camera front."""

    def __init__(self, options):
        self.options = options
        self.logs = pathlib.Path(options.logs)
        self.broker = Broker(self.logs)
        self.home = Home(pathlib.Path(options.root), self.logs)
        data = self.logs / "data"
        shutil.rmtree(data, ignore_errors=True)
        self.gateway = Gateway(pathlib.Path(options.distribution), data, self.broker, self.logs)
        self.gateway.camera("front")

    def stop(self):
        for part in (self.gateway, self.home, self.broker):
            try:
                part.stop()
            except Exception:
                traceback.print_exc()

    def id_of(self, what):
        """The entity id of one of the gateway's, by the end of its unique id."""
        return self.home.entities(self.gateway.id)[f"facegate_{self.gateway.id}_{what}"]["entity_id"]

    def state(self, what):
        return self.home.state(self.id_of(what))


@test
def entities(bench):
    """Home Assistant finds one device whose entities have states."""
    home, gateway = bench.home, bench.gateway
    wait_for("entities", lambda: "facegate_pi-test_front_event" in home.entities())
    assert len(home.devices()) == 1, home.devices()
    wait_for("all available", lambda: not [
        e for e in home.entities(gateway.id).values() if home.state(e["entity_id"])["state"] == "unavailable"])
    wait_for("a face", lambda: bench.state("front_event")["attributes"].get("event_type"), 60)


def main():
    parser = argparse.ArgumentParser()
    for name in ("root", "logs", "distribution", "blueprints"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("tests", nargs="*", metavar="TEST")
    options = parser.parse_args()
    unknown = set(options.tests) - {t.__name__ for t in TESTS}
    if unknown:
        sys.exit(f"there is no test {', '.join(unknown)}; there are: {', '.join(t.__name__ for t in TESTS)}")
    passed = failed = 0
    bench = Bench(options)
    try:
        bench.home.write_configuration()
        bench.gateway.mqtt()
        bench.home.start()
        print(f"Home Assistant {bench.home.get('/api/config')['version']}", flush=True)
        bench.home.add_broker(bench.broker.port)
        bench.gateway.start()
        for each in TESTS:
            if options.tests and each.__name__ not in options.tests:
                continue
            started = time.monotonic()
            try:
                each(bench)
                passed += 1
                print(f"ok      {each.__name__}: {each.__doc__} ({time.monotonic() - started:.0f} s)", flush=True)
            except Exception as e:
                failed += 1
                print(f"FAILED  {each.__name__}: {each.__doc__}\n        {type(e).__name__}: {e}", flush=True)
                traceback.print_exc()
    finally:
        bench.stop()
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


main()
