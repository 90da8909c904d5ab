#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Eclipse Paho org.eclipse.paho.mqttv5.client 1.2.5, Java 17, Mosquitto (2.0) with max_packet_size 1000
#
# Guess before the run: the broker says in its CONNACK which packets are too large for it; the client, which knows that number
#   (its own API hands it on), refuses to send a larger one: publish throws, and the connection goes on as if nothing had been asked.
# Seen: the client is told 1000 and sends 2000 bytes all the same. The broker ends the connection with reason 149 (packet too
#   large), publish throws 32204, and a small message right afterwards throws 32104, as there is no connection any more.
# Why it matters here: one picture above a broker's limit takes a gateway off the broker, and, where it is kept for later as QoS 1
#   asks, does so again after every connection. Who sends has to compare with getMaximumPacketSize() first.
set -euo pipefail

work=$(mktemp -d)
trap 'kill "${broker:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
PATH="$PATH:/usr/sbin:/usr/local/sbin"
command -v mosquitto >/dev/null || { echo "needs the Debian package mosquitto"; exit 2; }
port=$((20000 + RANDOM % 20000))
printf 'listener %s 127.0.0.1\nallow_anonymous true\nmax_packet_size 1000\n' "$port" >mosquitto.conf
mosquitto -v -c mosquitto.conf >mosquitto.log 2>&1 &
broker=$!
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version>
<dependencies><dependency><groupId>org.eclipse.paho</groupId><artifactId>org.eclipse.paho.mqttv5.client</artifactId><version>1.2.5</version></dependency></dependencies></project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
cat >Send.java <<'JAVA'
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.*;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.*;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

public class Send {
    static String sent(MqttClient client, int bytes) {
        try {
            client.publish("a", new byte[bytes], 1, false);
            return "sent";
        } catch (MqttException e) {
            return "throws " + e.getReasonCode();
        }
    }

    public static void main(String[] words) throws Exception {
        MqttClient client = new MqttClient("tcp://127.0.0.1:" + words[0], "one", new MemoryPersistence());
        client.setTimeToWait(5000);
        CountDownLatch over = new CountDownLatch(1);
        client.setCallback(new MqttCallback() {
            public void disconnected(MqttDisconnectResponse response) {
                System.out.println("disconnected " + response.getReturnCode());
                over.countDown();
            }
            public void mqttErrorOccurred(MqttException e) {}
            public void messageArrived(String topic, MqttMessage message) {}
            public void deliveryComplete(IMqttToken token) {}
            public void connectComplete(boolean again, String uri) {}
            public void authPacketArrived(int code, MqttProperties properties) {}
        });
        for (int i = 0; ; i++) {
            try {
                IMqttToken token = client.connectWithResult(null);
                System.out.println("told " + token.getResponseProperties().getMaximumPacketSize());
                break;
            } catch (MqttException e) {
                if (i == 50) throw e;
                Thread.sleep(100);
            }
        }
        System.out.println("small " + sent(client, 100));
        System.out.println("large " + sent(client, 2000));
        over.await(5, TimeUnit.SECONDS);
        System.out.println("connected " + client.isConnected());
        System.out.println("small " + sent(client, 100));
        System.exit(0);
    }
}
JAVA
javac -cp 'lib/*' Send.java
java -cp 'lib/*:.' Send "$port" | tee seen
grep -o 'disconnected due to oversize packet' mosquitto.log | tee -a seen
# two threads print: the order is not part of it
diff <(sort seen) - <<'TEXT'
connected false
disconnected 149
disconnected due to oversize packet
large throws 32204
small sent
small throws 32104
told 1000
TEXT
echo "as described"
