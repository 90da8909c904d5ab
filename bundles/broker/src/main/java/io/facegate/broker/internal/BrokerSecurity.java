// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import io.facegate.broker.users.BrokerUser;

import org.apache.activemq.artemis.core.config.WildcardConfiguration;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.apache.activemq.artemis.utils.CompositeAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.Subject;

/**
 * Who may log in and what they may do. The user of the settings may do everything, those of the
 * file what their role may; while there are neither, everybody may do everything. Artemis asks for
 * the password again at every message: what was right once is remembered, keyed with a secret of
 * this process. Who is refused is told in the log, once.
 */
final class BrokerSecurity implements ActiveMQSecurityManager5 {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerSecurity.class);
    private static final WildcardConfiguration CORE = new WildcardConfiguration();
    private static final int MOST_TOLD = 500;

    private final BrokerSettings settings;
    private final AccessFiles files;
    private final SecretKeySpec secret =
            new SecretKeySpec(UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8), "x");
    private final String probe = "probe-" + UUID.randomUUID();
    private final Map<String, Proof> proofs = new ConcurrentHashMap<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** A password that was right for a user as they were then. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Proof(BrokerUser user, byte[] password) {}

    BrokerSecurity(BrokerSettings settings, AccessFiles files) {
        this.settings = settings;
        this.files = files;
    }

    /** Whether clients must log in. */
    boolean demanded() {
        return !settings.user().isEmpty() || settings.fileUsers();
    }

    /** User and password, alike, of the broker's own check, which may do nothing else. */
    String probe() {
        return probe;
    }

    @Override
    public boolean validateUser(String user, String given) {
        if (!demanded() || probe.equals(user) && probe.equals(given)) {
            return true;
        }
        if (user == null || given == null) {
            return false;
        }
        if (user.equals(settings.user())) {
            return MessageDigest.isEqual(
                    settings.password().getBytes(StandardCharsets.UTF_8),
                    given.getBytes(StandardCharsets.UTF_8));
        }
        BrokerUser known = files.content().users().get(user);
        return known != null && proved(known, given);
    }

    private boolean proved(BrokerUser user, String given) {
        byte[] keyed = keyed(given);
        Proof proof = proofs.get(user.name());
        if (proof != null && proof.user().equals(user)) {
            if (MessageDigest.isEqual(proof.password(), keyed)) {
                return true;
            }
        }
        if (!user.hash().matches(given)) {
            return false;
        }
        proofs.put(user.name(), new Proof(user, keyed));
        return true;
    }

    private byte[] keyed(String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks HmacSHA256", e);
        }
    }

    @Override
    public boolean validateUserAndRole(
            String user, String given, Set<Role> roles, CheckType action) {
        return false;
    }

    /** Null refuses; the user's principal must be Artemis' own. */
    @Override
    public Subject authenticate(
            String user, String given, RemotingConnection connection, String domain) {
        if (validateUser(user, given)) {
            String name = demanded() && user != null ? user : "";
            return new Subject(true, Set.of(new UserPrincipal(name)), Set.of(), Set.of());
        }
        String from = String.valueOf(connection.getRemoteAddress()).replaceFirst(":\\d+$", "");
        String why =
                user == null ? "it gives no user" : "its user or password is wrong (" + user + ")";
        tell("a client at " + from + ": " + why);
        return null;
    }

    @Override
    public boolean authorize(Subject subject, Set<Role> roles, CheckType action, String address) {
        if (subject == null) {
            return false;
        }
        String user = name(subject);
        if (!demanded() || user.equals(settings.user())) {
            return true;
        }
        // of queues Artemis gives both, address::queue
        String topic =
                MQTTUtil.getMqttTopicFromCoreAddress(
                        CompositeAddress.extractAddressName(address), CORE);
        boolean may =
                switch (action) {
                    case SEND -> covers(user, topic, false, true);
                    case CONSUME, BROWSE, CREATE_DURABLE_QUEUE, CREATE_NON_DURABLE_QUEUE ->
                            covers(user, topic, true, false);
                    case CREATE_ADDRESS -> covers(user, topic, true, true);
                    case DELETE_DURABLE_QUEUE, DELETE_NON_DURABLE_QUEUE, DELETE_ADDRESS -> true;
                    default -> false;
                };
        if (!may) {
            BrokerUser known = files.content().users().get(user);
            tell(
                    (action == CheckType.SEND ? "a message on " : "")
                            + topic
                            + " to user "
                            + user
                            + ": "
                            + (known == null
                                    ? "there is no such user any more"
                                    : "the role " + known.role() + " may not"));
        }
        return may;
    }

    /** Whether what a connection was let in with still holds after a change of the files. */
    static boolean stale(Subject subject, AccessFiles.Content before, AccessFiles.Content now) {
        String user = subject == null ? "" : name(subject);
        return before.users().containsKey(user) && !before.same(user, now);
    }

    private boolean covers(String user, String topic, boolean read, boolean write) {
        return files.content().rules(user).stream()
                .filter(rule -> read && rule.read() || write && rule.write())
                .anyMatch(rule -> rule.covers(topic, user));
    }

    private static String name(Subject subject) {
        return subject.getPrincipals(UserPrincipal.class).iterator().next().getName();
    }

    private void tell(String what) {
        if (told.size() < MOST_TOLD && told.add(what)) {
            LOG.warn("The MQTT broker refuses {}.", what);
        }
    }
}
