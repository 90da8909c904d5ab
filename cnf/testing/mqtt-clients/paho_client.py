# SPDX-License-Identifier: Apache-2.0
"""paho-mqtt with its defaults, or the protocol given: PORT TOPIC PAYLOAD [PROTOCOL]."""

import sys

import paho.mqtt.client as mqtt

port, topic, payload = int(sys.argv[1]), sys.argv[2], sys.argv[3]
more = {"protocol": getattr(mqtt, sys.argv[4])} if len(sys.argv) > 4 else {}
client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, **more)


def on_connect(client, userdata, flags, reason, properties):
    client.subscribe(topic, 1)
    client.publish(topic, payload, 1, retain=True)


def on_message(client, userdata, message):
    print(message.payload.decode(), flush=True)
    client.disconnect()


client.on_connect = on_connect
client.on_message = on_message
client.connect("127.0.0.1", port)
client.loop_forever()
