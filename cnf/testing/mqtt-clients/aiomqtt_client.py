# SPDX-License-Identifier: Apache-2.0
"""aiomqtt with its defaults: PORT TOPIC PAYLOAD."""

import asyncio
import sys

import aiomqtt


async def main(port, topic, payload):
    async with aiomqtt.Client("127.0.0.1", port) as client:
        await client.subscribe(topic, 1)
        await client.publish(topic, payload, 1, retain=True)
        async for message in client.messages:
            print(message.payload.decode(), flush=True)
            return


asyncio.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3]))
