// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.spi.core.remoting.ssl.SSLContextConfig;
import org.apache.activemq.artemis.spi.core.remoting.ssl.SSLContextFactory;

import java.util.Map;

import javax.net.ssl.SSLContext;

/** Hands Artemis the context that was made of the user's files; found as a Java service. */
public final class GivenSslContext implements SSLContextFactory {
    /** Above those of Artemis, which read files of their own kinds. */
    private static final int PRIORITY = 100;

    @Override
    public SSLContext getSSLContext(SSLContextConfig config, Map<String, Object> options) {
        return (SSLContext) options.get(TransportConstants.SSL_CONTEXT_PROP_NAME);
    }

    @Override
    public int getPriority() {
        return PRIORITY;
    }
}
