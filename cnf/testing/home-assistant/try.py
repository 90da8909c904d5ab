# SPDX-License-Identifier: Apache-2.0
"""The gateway beside a real Home Assistant: see ./run."""

import argparse
import pathlib
import re
import shutil
import sys
import time
import traceback
import urllib.error

import paho.mqtt.client as mqtt

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
        self.heard = []
        self.listener = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
        self.listener.on_message = lambda client, data, m: self.heard.append(
            (m.topic, m.payload.decode(), time.monotonic()))

    def listen(self):
        wait_for("the broker", lambda: self.listener.connect("127.0.0.1", self.broker.port) == 0)
        self.listener.subscribe([("test/#", 1), ("facegate/+/+/event", 1)])
        self.listener.loop_start()

    def told(self, topic):
        return [payload for heard, payload, _ in self.heard if heard == "test/" + topic]

    def quiet(self, camera):
        """Takes a camera its picture."""
        self.gateway.camera(camera, "/nowhere.mp4")
        wait_for("no new faces", lambda: self.state(camera + "_connection")["state"] == "off", 40)
        wait_for("nobody there", lambda: self.state(camera + "_occupancy")["state"] in ("off", "unavailable"), 40)

    def stop(self):
        for part in (self.gateway, self.home, self.broker):
            try:
                part.stop()
            except Exception:
                traceback.print_exc()

    def id_of(self, what):
        """The entity id of one of the gateway's, by the end of its unique id."""
        return self.home.entities(self.gateway.id)[f"facegate_{self.gateway.id}_{what}"]["entity_id"]

    def entities(self):
        start = len(f"facegate_{self.gateway.id}_")
        return {key[start:]: e for key, e in self.home.entities(self.gateway.id).items()}

    def all_ids(self):
        return [e["entity_id"] for e in self.entities().values()]

    def has(self, what):
        return what in self.entities()

    def people(self):
        """Entity ids of the sensors that tell where somebody is."""
        return sorted(e["entity_id"] for key, e in self.entities().items()
                      if key.startswith("person_") and key.count("_") == 1)

    @staticmethod
    def of(person, platform, what):
        return person.replace("sensor.", platform + ".") + "_" + what

    def settings(self, **more):
        self.gateway.configure("io.facegate.mqtt.home", **{
            "area": "Hall", "consoleUrl": "http://pi.local:8080/system/console/facegate", "pictures": "crop",
            "picturesStay": ("B", "true"), "trackers": ("B", "true"), **more})

    def announced(self):
        return (self.gateway.data / "mqtt.announced").read_text()

    def name_of(self, person):
        return self.home.state(person)["attributes"]["friendly_name"].split("pi-test ")[1]

    def last_name(self):
        """Of the last face; None when it is a stranger's."""
        told = re.findall(r" front +(?:new|update) +(\w.*?)  ", (self.logs / "gateway.log").read_text(errors="replace"))
        return told[-1] if told and not told[-1].startswith("unknown") else None

    def picture(self):
        try:
            return self.home.request("GET", "/api/image_proxy/" + self.id_of("front_face"))
        except urllib.error.HTTPError:
            return None

    def home_log(self):
        return (self.logs / "home-assistant.log").read_text(errors="replace")

    def state(self, what):
        return self.home.state(self.id_of(what))


PLATFORMS = {
    "connection": "binary_sensor", "problem": "binary_sensor", "model": "update", "backup": "button",
    "tolerance": "number", "detection_method": "select", "memory": "sensor", "waiting": "sensor",
    "front_event": "event", "front_occupancy": "binary_sensor", "front_present": "sensor", "front_person": "sensor",
    "front_unknown": "sensor", "front_enabled": "switch", "front_recognize": "switch", "front_connection": "binary_sensor",
    "front_face": "image", "front_restart": "button", "front_fps": "sensor", "front_latency": "sensor",
}


@test
def entities(bench):
    """One device in its area, with every entity of gateway, camera and people, and no complaint."""
    home, gateway = bench.home, bench.gateway
    wait_for("entities", lambda: "facegate_pi-test_front_event" in home.entities(), 60)
    wait_for("orders", lambda: bench.has("front_restart") and bench.has("model"))
    (device,) = home.devices()
    assert device["configuration_url"] == "http://pi.local:8080/system/console/facegate", device
    (area,) = [a for a in home.command("config/area_registry/list") if a["area_id"] == device["area_id"]]
    assert area["name"] == "Hall", area
    found = {key: e["entity_id"].split(".")[0] for key, e in bench.entities().items() if "person_" not in key}
    assert found == PLATFORMS, found
    assert bench.id_of("front_event") == "event.facegate_pi_test_front_face"
    assert bench.id_of("detection_method") == "select.facegate_pi_test_detection_method"
    people = [e["entity_id"] for key, e in bench.entities().items() if key.startswith("person_")]
    assert len(people) == 4 * len(bench.people()), people
    assert "sensor.facegate_pi_test_john_salley" in people, people
    categories = {key: e["entity_category"] for key, e in bench.entities().items()}
    assert categories["front_enabled"] == "config" and categories["memory"] == "diagnostic", categories
    assert categories["front_event"] is None, categories
    wait_for("all available", lambda: not [
        e for e in bench.entities().values() if home.state(e["entity_id"])["state"] == "unavailable"])
    complaints = [line for line in bench.home_log().splitlines()
                  if (" WARNING " in line or " ERROR " in line) and "facegate" in line.lower()]
    assert not complaints, complaints


@test
def states(bench):
    """Faces, people and figures reach their entities."""
    wait_for("a face", lambda: bench.state("front_event")["attributes"].get("event_type"), 60)
    wait_for("frame rate", lambda: float_of(bench.state("front_fps")["state"]) > 0)
    person = wait_for("a person", lambda: next(
        (e for e in bench.people() if bench.home.state(e)["state"] == "front"), None), 60)
    assert bench.home.state(person)["attributes"]["camera"] == "front"
    wait_for("presence", lambda: bench.home.state(bench.of(person, "binary_sensor", "presence"))["state"] == "on")
    wait_for("last seen", lambda: bench.home.state(bench.of(person, "sensor", "last_seen"))["state"].startswith("20"))
    assert bench.home.state(bench.of(person, "device_tracker", "tracker"))["state"] in ("home", "not_home")
    wait_for("away", lambda: bench.home.state(person)["state"] == "away", 60)
    assert bench.home.state(bench.of(person, "binary_sensor", "presence"))["state"] == "off"
    assert bench.state("connection")["state"] == "on"
    assert bench.state("front_connection")["state"] == "on"
    update = bench.state("model")
    assert update["state"] == "off" and update["attributes"]["installed_version"].startswith("dlib-resnet"), update


@test
def picture(bench):
    """The picture of the last face is a JPEG, and is taken back at the gateway's next start."""
    entity = bench.id_of("front_face")

    def jpeg():
        data = bench.picture()
        return data if data and data[:2] == b"\xff\xd8" else None

    assert len(wait_for("a picture", jpeg, 60)) > 2000
    bench.gateway.camera("front", "/nowhere.mp4")
    wait_for("no new faces", lambda: bench.state("front_connection")["state"] == "off", 30)
    bench.gateway.stop()
    assert jpeg(), "the gateway's end leaves it"
    bench.gateway.start()
    wait_for("taken back", lambda: not jpeg(), 60)
    bench.gateway.camera("front")
    wait_for("the next one", jpeg, 60)


@test
def controls(bench):
    """Numbers, lists, buttons and switches do what they say."""
    home = bench.home
    wait_for("recognition", lambda: bench.state("front_recognize")["state"] == "on", 60)
    home.call("switch/turn_off", entity_id=bench.id_of("front_recognize"))
    wait_for("recognition off", lambda: bench.state("front_recognize")["state"] == "off")
    home.call("switch/turn_on", entity_id=bench.id_of("front_recognize"))
    wait_for("recognition on", lambda: bench.state("front_recognize")["state"] == "on")
    home.call("number/set_value", entity_id=bench.id_of("tolerance"), value=0.55)
    wait_for("tolerance", lambda: bench.state("tolerance")["state"] == "0.55")
    home.call("number/set_value", entity_id=bench.id_of("tolerance"), value=0)
    home.call("select/select_option", entity_id=bench.id_of("detection_method"), option="yunet")
    wait_for("method", lambda: bench.state("detection_method")["state"] == "yunet")
    config = (bench.gateway.data / "conf" / "io.facegate.pipeline.config").read_text
    wait_for("kept in the file", lambda: 'detectionMethod="yunet"' in config().replace(" ", ""))
    home.call("select/select_option", entity_id=bench.id_of("detection_method"), option="hog")
    home.call("button/press", entity_id=bench.id_of("backup"))
    wait_for("a backup", lambda: list((bench.gateway.data / "backups").glob("*")))
    wait_for("camera on", lambda: bench.state("front_connection")["state"] == "on")

    def opened():
        return (bench.gateway.data / "logs" / "facegate.log").read_text().count("camera front is opened anew")

    before = opened()
    home.call("button/press", entity_id=bench.id_of("front_restart"))
    wait_for("opened anew", lambda: opened() > before)


@test
def trouble(bench):
    """A camera that cannot be opened is a problem with its reason; one switched off is not connected nor lost."""
    bench.gateway.camera("back", "/nowhere.mp4")
    wait_for("the camera", lambda: bench.has("back_connection"), 60)
    wait_for("lost", lambda: bench.state("back_connection")["state"] == "off", 60)
    wait_for("problem", lambda: bench.state("problem")["state"] == "on" and
             "back" in bench.state("problem")["attributes"]["reason"], 60)
    bench.home.call("switch/turn_off", entity_id=bench.id_of("back_enabled"))
    wait_for("switched off", lambda: bench.state("back_connection")["state"] == "unknown")


@test
def removal(bench):
    """A camera and a person that go while all are there leave nothing."""
    name = None
    while not name:
        wait_for("somebody's picture", lambda: bench.last_name() and bench.picture(), 60)
        bench.gateway.camera("front", "/nowhere.mp4")
        wait_for("no new faces", lambda: bench.state("front_connection")["state"] == "off", 30)
        name = bench.last_name()
        if not name:
            bench.gateway.camera("front")
    person = next(p for p in bench.people() if bench.name_of(p) == name)
    slug = person.split("facegate_pi_test_")[1]
    bench.gateway.command("people", "delete", name)
    wait_for("the picture is gone", lambda: not bench.picture(), 20)
    bench.gateway.camera("front")
    bench.gateway.remove_camera("back")
    wait_for("the person is gone", lambda: not [e for e in bench.all_ids() if slug in e], 20)
    wait_for("the camera is gone", lambda: not [e for e in bench.all_ids() if "_back_" in e], 60)
    assert bench.has("front_event")


@test
def removal_home_away(bench):
    """What goes while Home Assistant is away is removed when it comes."""
    bench.gateway.camera("shed", "/nowhere.mp4")
    wait_for("the camera", lambda: bench.has("shed_event"), 60)
    bench.home.stop()
    bench.gateway.remove_camera("shed")
    wait_for("its topics are gone", lambda: "camera shed" not in bench.announced(), 60)
    assert "shed_event" in bench.announced()
    bench.home.start()
    wait_for("the camera is gone", lambda: not [e for e in bench.all_ids() if "_shed_" in e], 60)
    wait_for("and forgotten", lambda: "shed" not in bench.announced(), 20)
    assert bench.has("front_event")


@test
def removal_gateway_away(bench):
    """What goes while the gateway is away is removed when it comes."""
    bench.gateway.camera("attic", "/nowhere.mp4")
    wait_for("the camera", lambda: bench.has("attic_event"), 60)
    person = bench.people()[0]
    slug = person.split("facegate_pi_test_")[1]
    name = bench.name_of(person)
    bench.gateway.stop(kill=True)
    bench.gateway.remove_camera("attic")
    bench.gateway.command("people", "delete", name)
    bench.gateway.start()
    wait_for("the person is gone", lambda: not [e for e in bench.all_ids() if slug in e], 90)
    wait_for("the camera is gone", lambda: not [e for e in bench.all_ids() if "_attic_" in e], 90)


@test
def removal_both_away(bench):
    """What goes while both are away is removed, whichever comes first."""
    for first in (bench.gateway, bench.home):
        bench.gateway.camera("roof", "/nowhere.mp4")
        wait_for("the camera", lambda: bench.has("roof_event"), 60)
        bench.home.stop()
        bench.gateway.stop()
        bench.gateway.remove_camera("roof")
        for each in (first, bench.home if first is bench.gateway else bench.gateway):
            each.start()
        wait_for("the camera is gone", lambda: not [e for e in bench.all_ids() if "_roof_" in e], 120)
        assert bench.has("front_event")


@test
def single(bench):
    """One message for each entity: the same entities, and back again."""
    before = set(bench.entities())
    bench.settings(form="entities")
    wait_for("messages of their own", lambda: "-message homeassistant/event/" in bench.announced(), 30)
    wait_for("the same entities", lambda: not (set(bench.entities()) ^ before), 30)
    wait_for("with states", lambda: bench.state("front_present")["state"] not in ("unavailable", "unknown"), 30)
    bench.settings()
    wait_for("one message", lambda: "-message homeassistant/event/" not in bench.announced(), 30)
    wait_for("the same entities again", lambda: set(bench.entities()) == before, 30)


AUTOMATIONS = """
sun:
automation:
  - alias: Greeting
    use_blueprint:
      path: facegate/door_greeting.yaml
      input:
        face: event.facegate_pi_test_front_face
        image: image.facegate_pi_test_front_last_face
        actions:
          - action: mqtt.publish
            data:
              topic: test/greeting
              payload: "{{ message }}|{{ picture }}"
  - alias: Stranger
    use_blueprint:
      path: facegate/stranger_at_night.yaml
      input:
        face: event.facegate_pi_test_front_face
        after: "00:00:00"
        before: "23:59:59"
        pause: 5
        actions:
          - action: mqtt.publish
            data: {topic: test/stranger, payload: "{{ message }}"}
  - alias: Stranger at another time
    use_blueprint:
      path: facegate/stranger_at_night.yaml
      input:
        face: event.facegate_pi_test_front_face
        after: "%(later)s"
        before: "%(latest)s"
        actions:
          - action: mqtt.publish
            data: {topic: test/asleep, payload: "{{ message }}"}
%(home)s
  - alias: Fault
    use_blueprint:
      path: facegate/camera_fault.yaml
      input:
        connections:
          - binary_sensor.facegate_pi_test_front_connection
          - binary_sensor.facegate_pi_test_connection
        problem: binary_sensor.facegate_pi_test_problem
        patience: {seconds: 15}
        actions:
          - action: mqtt.publish
            data: {topic: test/fault, payload: "{{ message }}"}
"""

CHILD = """
  - alias: Home %(slug)s
    use_blueprint:
      path: facegate/child_home.yaml
      input:
        person: sensor.facegate_pi_test_%(slug)s
        after: "00:00:00"
        before: "23:59:59"
        pause: 0
        actions:
          - action: mqtt.publish
            data: {topic: test/home, payload: "{{ message }}"}
"""


def automations(people):
    hour = (time.gmtime().tm_hour + 6) % 24
    return AUTOMATIONS % {
        "later": f"{hour:02}:00:00", "latest": f"{hour:02}:30:00",
        "home": "".join(CHILD % {"slug": person} for person in people)}


@test
def update(bench):
    """A model put into load/ is offered, installed and named as the one in use."""
    shutil.copy(bench.gateway.distribution / "models" / "opencv-sface.jar", bench.gateway.data / "load")

    def model(key):
        return bench.state("model")["attributes"].get(key)

    wait_for("the offer", lambda: bench.state("model")["state"] == "on", 60)
    assert model("latest_version").startswith("opencv-sface "), bench.state("model")
    wait_for("ready", lambda: not model("in_progress"), 90)
    if bench.state("model")["state"] == "on":
        bench.home.call("update/install", entity_id=bench.id_of("model"))
    wait_for("in use", lambda: model("installed_version").startswith("opencv-sface "), 90)
    wait_for("nothing newer", lambda: bench.state("model")["state"] == "off")
    bench.listener.publish(f"facegate/{bench.gateway.id}/model/set", "rollback", 1)
    wait_for("back", lambda: model("installed_version").startswith("dlib-resnet"), 60)
    (bench.gateway.data / "load" / "opencv-sface.jar").unlink()


@test
def blueprints(bench):
    """The four blueprints do what they say."""
    bench.quiet("front")
    bench.heard.clear()
    bench.gateway.camera("front")
    greeting = wait_for("a greeting", lambda: bench.told("greeting"), 60)[0]
    message, picture = greeting.split("|")
    assert message.startswith("John ") and message.endswith(" is at front"), greeting
    assert picture.startswith("/api/image_proxy/image.facegate_pi_test_front_last_face?token="), greeting
    assert bench.home.request("GET", picture)[:2] == b"\xff\xd8"
    stranger = wait_for("a stranger", lambda: bench.told("stranger"), 60)[0]
    assert stranger == "Somebody unknown is at front", stranger
    home = wait_for("somebody home", lambda: bench.told("home"), 60)[0]
    assert home.startswith("John ") and home.endswith(" is home"), home
    assert not bench.told("fault"), bench.told("fault")
    bench.gateway.camera("front", "/nowhere.mp4")
    fault = wait_for("the fault", lambda: bench.told("fault"), 60)[0]
    assert "front Connection is lost: " in fault and "nowhere.mp4" in fault, fault
    assert not bench.told("asleep"), bench.told("asleep")


@test
def returns(bench):
    """Nobody is greeted again when the gateway, killed or stopped, or Home Assistant comes back."""
    bench.quiet("front")
    bench.heard.clear()
    for stop in (lambda: bench.gateway.stop(), lambda: bench.gateway.stop(kill=True)):
        stop()
        wait_for("away", lambda: bench.state("front_event")["state"] == "unavailable", 40)
        bench.gateway.start()
        wait_for("back", lambda: bench.state("front_event")["state"] != "unavailable", 60)
    bench.home.stop()
    bench.home.start()
    wait_for("back", lambda: bench.state("front_event")["state"] not in ("unavailable", "unknown"), 60)
    # what comes now is told: all that came before would have been, too
    bench.gateway.camera("front")
    wait_for("somebody new", lambda: bench.told("greeting") or bench.told("stranger"), 60)
    first = [t for t in bench.heard if t[0] in ("test/greeting", "test/stranger")][0][2]
    last = [t for t in bench.heard if t[0].endswith("/front/event")][0][2]
    assert first > last, bench.heard


def float_of(text):
    try:
        return float(text)
    except ValueError:
        return -1.0


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
        bench.listen()
        shutil.copytree(options.blueprints, bench.home.config / "blueprints" / "automation" / "facegate")
        people = [p.name.lower().replace(" ", "_") for p in (bench.gateway.distribution / "demo" / "people").iterdir()]
        bench.home.write_configuration(automations(sorted(people)))
        bench.gateway.mqtt()
        bench.settings()
        bench.gateway.configure("io.facegate.mqtt.controls", allowed=["restart", "backup", "tolerance", "detection_method"])
        bench.home.start()
        print(f"Home Assistant {bench.home.get('/api/config')['version']}", flush=True)
        bench.home.add_broker(bench.broker.port)
        bench.gateway.start()
        wait_for("the gateway in Home Assistant", lambda: bench.has("model") and bench.has("front_restart"), 120)
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
