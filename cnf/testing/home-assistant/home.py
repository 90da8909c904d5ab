# SPDX-License-Identifier: Apache-2.0
"""Home Assistant in its root, a Mosquitto and the gateway, as processes of their own, and what can be asked of them."""

import base64
import hashlib
import hmac
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
import uuid

from websockets.sync.client import connect

ROOT_COMMAND = r"""
set -e
mount --bind "$0" "$0"
mount -t proc proc "$0/proc"
mount --rbind /dev "$0/dev"
mount --rbind /sys "$0/sys"
exec chroot "$0" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt UV_SYSTEM_CERTS=1 "$@"
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(what, condition, seconds=30.0):
    """The first true answer of a condition; fails with its name and its last answer."""
    deadline = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds:.0f} s: {what} (last: {answer!r})")
        time.sleep(0.1)


class Process:
    """A process with a log, ended as systemd ends it."""

    def __init__(self, name, command, logs, env=None):
        self.name = name
        self.log = logs / f"{name}.log"
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=env, start_new_session=True
            )

    def running(self):
        return self.process.poll() is None

    def stop(self, kill=False):
        if self.running():
            os.killpg(self.process.pid, signal.SIGKILL if kill else signal.SIGTERM)
        try:
            self.process.wait(40)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Broker:
    def __init__(self, logs):
        self.port = free_port()
        config = logs / "mosquitto.conf"
        config.write_text(f"listener {self.port} 127.0.0.1\nallow_anonymous true\nlog_type all\n")
        self.process = Process("mosquitto", ["mosquitto", "-c", str(config)], logs)

    def stop(self):
        self.process.stop()


class Gateway:
    """The distribution with one camera that plays the sample clip, and the sample people."""

    def __init__(self, distribution, data, broker, logs, gateway="pi-test"):
        self.distribution, self.data, self.broker, self.logs = distribution, data, broker, logs
        self.id = gateway
        self.process = None
        self.port = free_port()
        (data / "conf").mkdir(parents=True)
        (data / "gateway.id").write_text(gateway + "\n")
        self.command("encode", "--dataset", str(distribution / "demo" / "people"))

    def command(self, *words):
        done = subprocess.run(
            [str(self.distribution / "bin" / "facegate"), *words, "--data", str(self.data)],
            capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120,
        )
        assert done.returncode == 0, f"facegate {' '.join(words)}: {done.stdout}{done.stderr}"
        return done.stdout

    def configure(self, pid, **values):
        """Writes a file of configuration; a value is text, or (type, text)."""
        lines = []
        for key, value in values.items():
            kind, text = value if isinstance(value, tuple) else ("", value)
            lines.append(f'{key.replace("__", ".")}={kind}"{text}"' if not isinstance(text, list)
                         else f'{key}=[' + ",".join(f'"{t}"' for t in text) + "]")
        path = self.data / "conf" / f"{pid}.config"
        part = path.with_suffix(".part")
        part.write_text("\n".join(lines) + "\n")
        part.rename(path)

    def camera(self, name, location=None, loop=True):
        clip = location or str(self.distribution / "demo" / "demo.mp4")
        self.configure(f"io.facegate.camera-{name}", camera__id=name, location=clip, loop=("B", str(loop).lower()))

    def remove_camera(self, name):
        (self.data / "conf" / f"io.facegate.camera-{name}.config").unlink()

    def mqtt(self, **values):
        self.configure("io.facegate.mqtt", brokerUrl=f"tcp://127.0.0.1:{self.broker.port}",
                       statsIntervalSeconds=("I", "1"), **values)

    def start(self):
        env = dict(os.environ, JAVA_OPTS="")
        self.process = Process("gateway", [
            str(self.distribution / "bin" / "facegate"), "run", "--data", str(self.data),
            "--broker", f"tcp://127.0.0.1:{self.broker.port}", "--port", str(self.port), "--display", "headless",
        ], self.logs, env)

    def stop(self, kill=False):
        if self.process:
            self.process.stop(kill)
            self.process = None


class Home:
    """Home Assistant: its process, its REST and WebSocket interfaces, logged in as its owner."""

    def __init__(self, root, logs):
        self.root, self.logs = root, logs
        self.config = root / "config"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None
        self.configuration = ""
        self._prepare()

    def _prepare(self):
        shutil.rmtree(self.config, ignore_errors=True)
        storage = self.config / ".storage"
        storage.mkdir(parents=True)
        user, refresh, key = uuid.uuid4().hex, uuid.uuid4().hex, os.urandom(64).hex()
        auth = {
            "users": [{"id": user, "group_ids": ["system-admin"], "is_owner": True, "is_active": True,
                       "name": "Owner", "system_generated": False, "local_only": False}],
            "groups": [{"id": "system-admin", "name": "Administrators"}, {"id": "system-users", "name": "Users"},
                       {"id": "system-read-only", "name": "Read Only"}],
            "credentials": [],
            "refresh_tokens": [{
                "id": refresh, "user_id": user, "client_id": None, "client_name": "test", "client_icon": None,
                "token_type": "long_lived_access_token", "created_at": "2026-01-01T00:00:00.000000+00:00",
                "access_token_expiration": 315360000.0, "token": os.urandom(64).hex(), "jwt_key": key,
                "last_used_at": None, "last_used_ip": None, "expire_at": None, "credential_id": None,
                "version": None}],
        }
        self._store("auth", 1, auth)
        self._store("onboarding", 4, {"done": ["user", "core_config", "analytics", "integration"]})
        now = int(time.time())
        self.token = self._jwt({"iss": refresh, "iat": now - 60, "exp": now + 864000}, key)

    def _store(self, key, version, data):
        text = json.dumps({"version": version, "minor_version": 1, "key": key, "data": data})
        (self.config / ".storage" / key).write_text(text)

    @staticmethod
    def _jwt(claims, key):
        def part(data):
            return base64.urlsafe_b64encode(data).rstrip(b"=")

        text = part(b'{"alg":"HS256","typ":"JWT"}') + b"." + part(json.dumps(claims).encode())
        return (text + b"." + part(hmac.new(key.encode(), text, hashlib.sha256).digest())).decode()

    def write_configuration(self, more=""):
        (self.config / "configuration.yaml").write_text(f"""
homeassistant:
  name: Test
  time_zone: UTC
  unit_system: metric
http:
  server_host: 127.0.0.1
  server_port: {self.port}
api:
websocket_api:
config:
logger:
  default: info
  logs:
    homeassistant.components.mqtt: debug
{more}
""")

    def start(self):
        self.process = Process("home-assistant", [
            "unshare", "--mount", "--pid", "--fork", "--kill-child", "bash", "-c", ROOT_COMMAND, str(self.root),
            "/ha/bin/python", "-m", "homeassistant", "--config", "/config",
        ], self.logs)
        wait_for("Home Assistant is running", self.running, 180)

    def running(self):
        if not self.process.running():
            raise AssertionError(f"Home Assistant ended: see {self.process.log}")
        try:
            return self.get("/api/config").get("state") == "RUNNING"
        except (OSError, urllib.error.URLError):
            return False

    def stop(self):
        if not self.process:
            return
        try:
            self.post("/api/services/homeassistant/stop", {})
            self.process.process.wait(40)
        except (OSError, subprocess.TimeoutExpired):
            pass
        self.process.stop(kill=True)
        self.process = None

    def request(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, method=method)
        request.add_header("Authorization", "Bearer " + self.token)
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read()

    def get(self, path):
        return json.loads(self.request("GET", path))

    def post(self, path, body):
        try:
            return json.loads(self.request("POST", path, body))
        except urllib.error.HTTPError as e:
            raise AssertionError(f"{path}: {e.code} {e.read().decode()}") from e

    def command(self, kind, **more):
        """One command of the WebSocket interface."""
        with connect(self.url.replace("http", "ws") + "/api/websocket", max_size=None) as ws:
            ws.recv()
            ws.send(json.dumps({"type": "auth", "access_token": self.token}))
            answer = json.loads(ws.recv())
            assert answer["type"] == "auth_ok", answer
            ws.send(json.dumps({"id": 1, "type": kind, **more}))
            answer = json.loads(ws.recv())
            assert answer.get("success"), answer
            return answer["result"]

    def add_broker(self, port):
        """Its own way to add the MQTT integration, with its defaults."""
        flow = self.post("/api/config/config_entries/flow", {"handler": "mqtt", "show_advanced_options": False})
        if flow["type"] == "menu":
            flow = self.post(f"/api/config/config_entries/flow/{flow['flow_id']}", {"next_step_id": "broker"})
        flow = self.post(f"/api/config/config_entries/flow/{flow['flow_id']}", {
            "broker": "127.0.0.1", "port": port, 
            "other_settings": {"set_client_cert": False, "set_ca_cert": "off"}})
        assert flow["type"] == "create_entry", flow
        return flow

    def entities(self, gateway=None):
        """Its registry of entities of MQTT, by unique id."""
        return {e["unique_id"]: e for e in self.command("config/entity_registry/list")
                if e["platform"] == "mqtt" and (gateway is None or e["unique_id"].startswith(f"facegate_{gateway}_"))}

    def devices(self):
        return [d for d in self.command("config/device_registry/list") if d["manufacturer"] == "Facegate"]

    def state(self, entity_id):
        try:
            return self.get("/api/states/" + entity_id)
        except urllib.error.HTTPError as e:
            if e.code == 404:
                return {"state": "absent", "attributes": {}}
            raise

    def call(self, service, **data):
        return self.post("/api/services/" + service, data)
