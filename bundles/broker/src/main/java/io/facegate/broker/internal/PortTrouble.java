// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/**
 * Why the broker cannot listen, for a person.
 *
 * @param message one line: what, who may hold it, the way out
 * @param usable whether another MQTT broker answers there, which the gateway can use
 */
record PortTrouble(String message, boolean usable) {
    static PortTrouble of(BrokerSettings settings, BrokerStartException e) {
        String where = settings.listening() + ":" + settings.port();
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (e.getCause() instanceof UnknownHostException) {
            return new PortTrouble(
                    "host "
                            + settings.host()
                            + " is not known: set host to an address of this machine in "
                            + EmbeddedBroker.PID,
                    false);
        }
        if (text.contains("assign requested address")) {
            return new PortTrouble(
                    settings.host()
                            + " is no address of this machine: set host to 127.0.0.1 or 0.0.0.0 in "
                            + EmbeddedBroker.PID,
                    false);
        }
        if (text.contains("permission denied")) {
            return new PortTrouble(
                    "port "
                            + settings.port()
                            + " is for the system administrator: set a port above 1023 in "
                            + EmbeddedBroker.PID,
                    false);
        }
        if (!text.contains("in use")) {
            return new PortTrouble("cannot listen on " + where + ": " + e.getMessage(), false);
        }
        return inUse(settings, where);
    }

    private static PortTrouble inUse(BrokerSettings settings, String where) {
        Optional<String> holder = PortHolder.of(settings.port());
        String taken = where + " is in use by " + holder.orElse("another program");
        if (MqttProbe.answers(settings.listening(), settings.port())) {
            return new PortTrouble(
                    taken
                            + ", an MQTT broker: the gateway can use it as it is; remove "
                            + EmbeddedBroker.PID
                            + " (--broker tcp://"
                            + where
                            + ") or set another port",
                    true);
        }
        String find =
                holder.isPresent() ? "" : " (ss -ltnp 'sport = :" + settings.port() + "' shows it)";
        return new PortTrouble(
                taken
                        + find
                        + ": stop it, set another port in "
                        + EmbeddedBroker.PID
                        + ", or use another broker with --broker URL",
                false);
    }
}
