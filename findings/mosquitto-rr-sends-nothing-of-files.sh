#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# mosquitto and mosquitto-clients 2.0.11 of Debian 12 (2.0.11-1.2+deb12u2)
#
# Guess before the run: mosquitto_rr takes its request from -m, -f and -s as mosquitto_pub takes its message, and as its help says; what
#   standard input or the file has is the request.
# Seen: with -m the request is what was given. With -s and with -f the request is published with the right topic and response topic, and empty.
#   mosquitto_pub of the same package sends the six bytes. Neither says a word; mosquitto_rr waits for an answer as ever.
# Why it matters here: the request of a command with a picture (recognize, enroll) is too long for a command line, so it comes from a file; whoever asks that
#   way sees a gateway that refuses an empty command. mosquitto_pub with a request_id, or another client, serves.
set -euo pipefail

version=2.0.11-1.2+deb12u2
work=$(mktemp -d)
trap 'kill "${broker:-}" "${subscriber:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
apt-get -qq download "mosquitto=$version" "mosquitto-clients=$version" "libmosquitto1=$version" 2>/dev/null ||
  { echo "this takes Debian 12 (bookworm), whose apt knows mosquitto $version"; exit 2; }
for package in *.deb; do dpkg-deb --extract "$package" root; done
export LD_LIBRARY_PATH=$(dirname "$(find "$work/root" -name 'libmosquitto.so.1' | head -n 1)") PATH="$work/root/usr/bin:$work/root/usr/sbin:$PATH"
port=$((20000 + RANDOM % 20000))
printf 'listener %s 127.0.0.1\nallow_anonymous true\n' "$port" >broker.conf
mosquitto -c broker.conf >broker.log 2>&1 &
broker=$!
until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do kill -0 $broker || { cat broker.log; exit 2; }; sleep 0.2; done
mosquitto_sub -p "$port" -V 5 -t request -F '%l bytes, answer to %R' >heard &
subscriber=$!
sleep 1
echo hello >request.txt

# ask OPTION...: what a subscriber hears of a request; nobody answers it
ask() {
  local before
  before=$(wc -l <heard)
  mosquitto_rr -p "$port" -V 5 -t request -e answers -W 1 "$@" <request.txt >/dev/null 2>&1 || true
  until [ "$(wc -l <heard)" -gt "$before" ]; do sleep 0.1; done
  tail -n 1 heard
}
expect() { # WHAT EXPECTED SEEN
  printf '%-28s %s\n' "$1" "$3"
  [ "$2" = "$3" ] || { echo "changed: expected $2"; exit 1; }
}
expect 'mosquitto_rr -m hello' '5 bytes, answer to answers' "$(ask -m hello)"
expect 'mosquitto_rr -s' '0 bytes, answer to answers' "$(ask -s)"
expect 'mosquitto_rr -f request.txt' '0 bytes, answer to answers' "$(ask -f request.txt)"
mosquitto_pub -p "$port" -V 5 -t request -s <request.txt
sleep 1
expect 'mosquitto_pub -s' '6 bytes, answer to' "$(tail -n 1 heard | sed 's/ *$//')"
