// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * How a running broker is, for a person.
 *
 * @param tlsTrouble why TLS is not offered although it is wanted; empty for no reason
 */
record ListeningText(
        BrokerSettings settings,
        ArtemisServer.Ports ports,
        AccessFiles.Content files,
        String tlsTrouble) {
    String text() {
        StringBuilder text = new StringBuilder("listening on ");
        text.append(settings.listening()).append(':').append(ports.plain());
        if (ports.tls() != 0) {
            text.append(" and with TLS on ");
            text.append(settings.listeningTls()).append(':').append(ports.tls());
        }
        if (settings.confined()) {
            text.append(" only: ");
        } else {
            if (settings.fileUsers()) {
                int users = files.users().size();
                text.append(users == 1 ? " for 1 user" : " for " + users + " users");
            }
            text.append(problems().isEmpty() ? "" : "; ");
        }
        return text + String.join("; ", problems());
    }

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (settings.confined()) {
            problems.add(
                    "at "
                            + settings.host()
                            + " everybody on the network could give the gateway orders; set user"
                            + " and .password in "
                            + EmbeddedBroker.PID
                            + ", or add users with facegate broker add");
        }
        if (!tlsTrouble.isEmpty()) {
            problems.add(
                    "TLS is not offered: " + tlsTrouble + "; correct it in " + EmbeddedBroker.PID);
        }
        if (!files.problem().isEmpty()) {
            problems.add(files.problem());
        }
        return problems;
    }
}
