// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** The same POST through each of the real clients. */
interface Caller extends AutoCloseable {
    /** Posts a text and gives the status and body of the answer. */
    Answer post(URI uri, String body, boolean onlyOnce, String... header) throws IOException, InterruptedException;

    @Override
    default void close() throws IOException {}

    /** What came back. */
    record Answer(int status, String body) {}

    /** The clients by name. */
    enum Kind {
        JDK(JdkCaller::new),
        JDK_ASYNC(JdkAsyncCaller::new),
        OKHTTP(OkHttpCaller::new),
        APACHE(ApacheCaller::new);

        private final Function<BearerAuthorization, Caller> maker;

        Kind(Function<BearerAuthorization, Caller> maker) {
            this.maker = maker;
        }

        Caller caller(BearerAuthorization authorization) {
            return maker.apply(authorization);
        }
    }

    /** The JDK's client, blocking. */
    final class JdkCaller implements Caller {
        private final HttpClient client;

        JdkCaller(BearerAuthorization authorization) {
            client = new BearerHttpClient(HttpClient.newHttpClient(), authorization);
        }

        @Override
        public Answer post(URI uri, String body, boolean onlyOnce, String... header)
                throws IOException, InterruptedException {
            HttpResponse<String> response = client.send(request(uri, body, header), bodies());
            return new Answer(response.statusCode(), response.body());
        }

        static HttpRequest request(URI uri, String body, String... header) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body));
            return (header.length == 0 ? request : request.headers(header)).build();
        }

        static HttpResponse.BodyHandler<String> bodies() {
            return HttpResponse.BodyHandlers.ofString();
        }
    }

    /** The JDK's client, asynchronous. */
    final class JdkAsyncCaller implements Caller {
        private final HttpClient client;

        JdkAsyncCaller(BearerAuthorization authorization) {
            client = new BearerHttpClient(HttpClient.newHttpClient(), authorization);
        }

        @Override
        public Answer post(URI uri, String body, boolean onlyOnce, String... header) {
            try {
                return client.sendAsync(JdkCaller.request(uri, body, header), JdkCaller.bodies())
                        .thenApply(response -> new Answer(response.statusCode(), response.body()))
                        .join();
            } catch (CompletionException failure) {
                throw failure.getCause() instanceof RuntimeException unchecked ? unchecked : failure;
            }
        }
    }

    /** OkHttp. */
    final class OkHttpCaller implements Caller {
        private final OkHttpClient client;

        OkHttpCaller(BearerAuthorization authorization) {
            client = new OkHttpClient.Builder()
                    .addInterceptor(new OkHttpBearerInterceptor(authorization))
                    .build();
        }

        @Override
        public Answer post(URI uri, String body, boolean onlyOnce, String... header) throws IOException {
            Request.Builder request = new Request.Builder().url(uri.toString()).post(body(body, onlyOnce));
            if (header.length > 0) {
                request.header(header[0], header[1]);
            }
            try (Response response = client.newCall(request.build()).execute()) {
                return new Answer(response.code(), response.body().string());
            }
        }

        private static RequestBody body(String text, boolean onlyOnce) {
            return new RequestBody() {
                @Override
                public MediaType contentType() {
                    return MediaType.get("text/plain");
                }

                @Override
                public boolean isOneShot() {
                    return onlyOnce;
                }

                @Override
                public void writeTo(BufferedSink sink) throws IOException {
                    sink.writeUtf8(text);
                }
            };
        }

        @Override
        public void close() {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
    }

    /** Apache HttpClient 5. */
    final class ApacheCaller implements Caller {
        private final CloseableHttpClient client;

        ApacheCaller(BearerAuthorization authorization) {
            client = HttpClients.custom()
                    .addExecInterceptorBefore(
                            ChainElement.PROTOCOL.name(), "bearer", new ApacheBearerHandler(authorization))
                    .build();
        }

        @Override
        public Answer post(URI uri, String body, boolean onlyOnce, String... header) throws IOException {
            HttpPost request = new HttpPost(uri);
            request.setEntity(entity(body, onlyOnce));
            if (header.length > 0) {
                request.setHeader(header[0], header[1]);
            }
            return client.execute(
                    request, response -> new Answer(response.getCode(), EntityUtils.toString(response.getEntity())));
        }

        private static HttpEntity entity(String text, boolean onlyOnce) {
            InputStream stream = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
            return onlyOnce ? new InputStreamEntity(stream, ContentType.TEXT_PLAIN) : new StringEntity(text);
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }
}
