// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;

import javax.security.auth.Subject;

/**
 * Lets the user of the settings in, who may do everything. Who is refused is told in the log, once
 * for each address in a row.
 */
final class OneUser implements ActiveMQSecurityManager5 {
    private static final Logger LOG = LoggerFactory.getLogger(OneUser.class);

    private final String name;
    private final byte[] password;
    private volatile String refused = "";

    OneUser(BrokerSettings settings) {
        name = settings.user();
        password = settings.password().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean validateUser(String user, String given) {
        return name.equals(user)
                && given != null
                && MessageDigest.isEqual(password, given.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean validateUserAndRole(
            String user, String given, Set<Role> roles, CheckType action) {
        return validateUser(user, given);
    }

    /** Null refuses; the user's principal must be Artemis' own. */
    @Override
    public Subject authenticate(
            String user, String given, RemotingConnection connection, String domain) {
        if (validateUser(user, given)) {
            return new Subject(true, Set.of(new UserPrincipal(user)), Set.of(), Set.of());
        }
        String from = String.valueOf(connection.getRemoteAddress()).replaceFirst(":\\d+$", "");
        if (!from.equals(refused)) {
            refused = from;
            LOG.warn(
                    "The MQTT broker refuses a client at {}: {}.",
                    from,
                    user == null ? "it gives no user" : "its user or password is wrong");
        }
        return null;
    }

    @Override
    public boolean authorize(Subject subject, Set<Role> roles, CheckType action, String address) {
        return subject != null;
    }
}
