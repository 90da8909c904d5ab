// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.StandardAuthScheme;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TrustAllStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.TimeValue;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * Asks one camera's web server, and logs in as it wants: Basic, or Digest with MD5, SHA-256 or
 * SHA-512/256. Nothing is sent to other servers but what a redirection says. For one thread; {@link
 * #close()} may come from any and ends a call that blocks.
 */
final class CameraHttp implements Closeable {
    private static final int CONNECT_MILLIS = 4000;

    /** A camera may hang up after an answer without having said so. */
    private static final HttpRequestRetryStrategy ONCE_MORE =
            new DefaultHttpRequestRetryStrategy(
                    1,
                    TimeValue.ofMilliseconds(1),
                    List.of(
                            SocketTimeoutException.class,
                            UnknownHostException.class,
                            ConnectException.class,
                            NoRouteToHostException.class,
                            SSLException.class),
                    List.of()) {};

    private final ServerAddress address;
    private final CloseableHttpClient client;
    private final RequestConfig answering;
    // keeps what the server wanted for the log-in, so that it is asked once
    private final HttpClientContext context = HttpClientContext.create();
    private volatile HttpUriRequestBase request;
    private volatile HttpClientConnection connection;
    private volatile boolean closed;

    CameraHttp(ServerAddress address, SourceSettings.Network settings) {
        this.address = address;
        if (!address.user().isEmpty()) {
            BasicCredentialsProvider login = new BasicCredentialsProvider();
            login.setCredentials(
                    new AuthScope(address.host(), address.port()),
                    new UsernamePasswordCredentials(
                            address.user(), address.password().toCharArray()));
            context.setCredentialsProvider(login);
        }
        var connections =
                PoolingHttpClientConnectionManagerBuilder.create()
                        .setDefaultConnectionConfig(
                                ConnectionConfig.custom()
                                        .setConnectTimeout(
                                                Math.min(CONNECT_MILLIS, settings.silenceMillis()),
                                                TimeUnit.MILLISECONDS)
                                        .build());
        if (!settings.verifyCertificate()) {
            connections.setTlsSocketStrategy(
                    ClientTlsStrategyBuilder.create()
                            .setSslContext(trustingAll())
                            .setHostVerificationPolicy(HostnameVerificationPolicy.CLIENT)
                            .setHostnameVerifier(NoopHostnameVerifier.INSTANCE)
                            .buildClassic());
        }
        answering =
                RequestConfig.custom()
                        .setResponseTimeout(settings.silenceMillis(), TimeUnit.MILLISECONDS)
                        .build();
        client =
                HttpClients.custom()
                        .setConnectionManager(connections.build())
                        .setDefaultRequestConfig(answering)
                        .setUserAgent("Facegate")
                        .setRetryStrategy(ONCE_MORE)
                        .setRequestExecutor(new Executor())
                        .disableCookieManagement()
                        .disableContentCompression()
                        .build();
    }

    /**
     * For cameras that sign their certificates themselves: encrypted, and no proof of who it is.
     */
    static SSLContext trustingAll() {
        try {
            return SSLContexts.custom().loadTrustMaterial(null, TrustAllStrategy.INSTANCE).build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    /**
     * Gets what is at the address. The answer is to be closed, whatever its status.
     *
     * @param conditions header lines such as {@code If-None-Match}
     * @throws IOException no answer, not even an error
     */
    Answer get(Map<String, String> conditions) throws IOException {
        HttpGet get = new HttpGet(URI.create("/"));
        conditions.forEach(get::setHeader);
        return execute(get);
    }

    /**
     * Posts to the address, and logs in by a digest only: the password itself is never sent. The
     * answer is to be closed, whatever its status.
     *
     * @throws IOException no answer, not even an error
     */
    Answer post(String type, byte[] body) throws IOException {
        HttpPost post = new HttpPost(URI.create("/"));
        post.setConfig(
                RequestConfig.copy(answering)
                        .setTargetPreferredAuthSchemes(List.of(StandardAuthScheme.DIGEST))
                        .build());
        post.setEntity(new ByteArrayEntity(body, ContentType.parse(type)));
        return execute(post);
    }

    private Answer execute(HttpUriRequestBase asked) throws IOException {
        asked.setScheme(address.scheme());
        asked.setAuthority(new URIAuthority(address.host(), address.port()));
        asked.setPath(address.path());
        request = asked;
        if (closed) {
            throw new IOException("closed");
        }
        HttpHost host = new HttpHost(address.scheme(), address.host(), address.port());
        try {
            return new Answer(client.executeOpen(host, asked, context));
        } catch (IllegalStateException e) {
            if (closed) { // between taking a connection and using it
                throw new IOException("closed", e);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        closed = true;
        HttpUriRequestBase now = request;
        if (now != null) {
            now.cancel();
        }
        HttpClientConnection used = connection;
        if (used != null) {
            used.close(CloseMode.IMMEDIATE);
        }
        client.close(CloseMode.IMMEDIATE);
    }

    /** Cancelling a request misses a connection that is just being made: it is kept here. */
    private final class Executor extends HttpRequestExecutor {
        @Override
        public ClassicHttpResponse execute(
                ClassicHttpRequest asked,
                HttpClientConnection used,
                HttpResponseInformationCallback informed,
                HttpContext around)
                throws IOException, HttpException {
            connection = used;
            if (closed) {
                throw new IOException("closed");
            }
            return super.execute(asked, used, informed, around);
        }
    }

    /** What a server answers. */
    static final class Answer implements Closeable {
        private final ClassicHttpResponse response;

        private Answer(ClassicHttpResponse response) {
            this.response = response;
        }

        int status() {
            return response.getCode();
        }

        /** A header's value, empty without it. */
        String header(String name) {
            Header header = response.getFirstHeader(name);
            return header == null || header.getValue() == null ? "" : header.getValue().strip();
        }

        /** All values of a header, in their order. */
        List<String> headers(String name) {
            List<String> values = new ArrayList<>();
            for (Header header : response.getHeaders(name)) {
                values.add(String.valueOf(header.getValue()));
            }
            return values;
        }

        /** Bytes that come, -1 when the server does not say. */
        long length() {
            return response.getEntity() == null ? 0 : response.getEntity().getContentLength();
        }

        InputStream body() throws IOException {
            return response.getEntity() == null
                    ? InputStream.nullInputStream()
                    : response.getEntity().getContent();
        }

        /** Gives the connection back; one that still sends is cut. */
        @Override
        public void close() throws IOException {
            response.close();
        }
    }
}
