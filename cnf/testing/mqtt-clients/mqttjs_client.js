// SPDX-License-Identifier: Apache-2.0
// mqtt.js with its defaults, or the protocol version given: PORT TOPIC PAYLOAD [VERSION]
const mqtt = require('mqtt')

const [port, topic, payload, version] = process.argv.slice(2)
const client = mqtt.connect(
  `mqtt://127.0.0.1:${port}`, version ? { protocolVersion: Number(version) } : {})
client.on('connect', () => {
  client.subscribe(topic, { qos: 1 }, () => client.publish(topic, payload, { qos: 1, retain: true }))
})
client.on('message', (_, message) => {
  console.log(message.toString())
  client.end()
})
client.on('error', (e) => {
  console.error(e.message)
  process.exit(1)
})
