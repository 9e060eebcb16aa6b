/**
 * Bearer tokens for HTTP clients: the JDK's, OkHttp and Apache HttpClient 5, whichever the application brings.
 *
 * @since 0.1.0
 */
@SuppressWarnings("requires-automatic") // Apache's jars have no descriptors
module dev.signet.identity.integration.http {
    requires transitive dev.signet.identity;
    requires static java.net.http;
    requires static okhttp3;
    requires static org.apache.httpcomponents.client5.httpclient5;
    requires static org.apache.httpcomponents.core5.httpcore5;
    requires static org.jspecify;

    exports dev.signet.identity.integration.http;
}
