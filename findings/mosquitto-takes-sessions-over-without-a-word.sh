#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# mosquitto 2.0.11 of Debian 12 (2.0.11-1.2+deb12u2), MQTT 5 by hand with Python's sockets
#
# Guess before the run: when a second client connects with the id of one that is connected, the first is sent DISCONNECT with reason code
#   0x8E (session taken over), which MQTT 5 demands (MQTT-3.1.4-3), and then its connection ends.
# Seen: the connection ends and not a byte comes before. Both were let in with CONNACK 0x00. A client of 3.1.1 is to see just that; one of MQTT 5 cannot tell
#   a namesake from a network that failed.
# Why it matters here: two gateways that are given one clientId throw each other out for ever, and neither broker nor client says why. So the client id
#   has digits of the machine in it unless it is set, and namesakes are told by what they publish (docs/mqtt.md).
set -euo pipefail

version=2.0.11-1.2+deb12u2
work=$(mktemp -d)
trap 'kill "${broker:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
apt-get -qq download "mosquitto=$version" "libmosquitto1=$version" 2>/dev/null ||
  { echo "this takes Debian 12 (bookworm), whose apt knows mosquitto $version"; exit 2; }
for package in *.deb; do dpkg-deb --extract "$package" root; done
port=$((20000 + RANDOM % 20000))
printf 'listener %s 127.0.0.1\nallow_anonymous true\n' "$port" >broker.conf
root/usr/sbin/mosquitto -c broker.conf >broker.log 2>&1 &
broker=$!
until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do kill -0 $broker || { cat broker.log; exit 2; }; sleep 0.2; done

python3 - "$port" <<'PYTHON'
import socket
import sys


def connected(name):
    """Connects with MQTT 5 and a clean start; returns the socket behind the CONNACK."""
    client = socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=10)
    body = b"\x00\x04MQTT\x05\x02\x00\x3c\x00" + len(name).to_bytes(2, "big") + name
    client.sendall(bytes([0x10, len(body)]) + body)
    kind, length = client.recv(2, socket.MSG_WAITALL)
    answer = client.recv(length, socket.MSG_WAITALL)
    print("%-22s CONNACK, reason code 0x%02x" % (name.decode() + " connects:", answer[1]))
    if kind != 0x20 or answer[1] != 0:
        sys.exit("changed: expected to be let in")
    return client


first = connected(b"door")
second = connected(b"door")
heard = b""
while part := first.recv(100):
    heard += part
print("%-22s %s" % ("the first one hears:", heard.hex() or "nothing, its connection ended"))
if heard:
    sys.exit("changed: expected not a byte")
PYTHON
