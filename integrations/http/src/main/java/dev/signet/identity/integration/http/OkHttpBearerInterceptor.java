// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.http;

import dev.signet.identity.ClientAuthenticationException;
import java.io.IOException;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Puts bearer tokens into OkHttp's requests; to be added with {@code addInterceptor}. OkHttp itself drops the header
 * when it is redirected to another host. A body that can be written only once is not sent again after a challenge.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class OkHttpBearerInterceptor implements Interceptor {
    private final BearerAuthorization authorization;

    /**
     * An interceptor.
     *
     * @param authorization which token goes where
     */
    public OkHttpBearerInterceptor(BearerAuthorization authorization) {
        this.authorization = Objects.requireNonNull(authorization);
    }

    /**
     * Sends a request with a token if it needs one.
     *
     * @throws IOException if the request fails, or with the credential's exception as its cause: of any other
     *     exception an asynchronous caller would never hear
     */
    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        if (request.header(BearerAuthorization.HEADER) != null || !covers(request.url())) {
            return chain.proceed(request);
        }
        Response response = chain.proceed(with(request, null));
        String claims = claims(response);
        if (claims == null || isSpent(request.body())) {
            return response;
        }
        response.close();
        return chain.proceed(with(request, claims));
    }

    private Request with(Request request, @Nullable String claims) throws IOException {
        try {
            return request.newBuilder()
                    .header(BearerAuthorization.HEADER, authorization.header(claims))
                    .build();
        } catch (ClientAuthenticationException noToken) {
            throw new IOException(noToken.getMessage(), noToken);
        }
    }

    /** A challenge counts only if it comes from a host that saw the token, not from one we were redirected to. */
    private @Nullable String claims(Response response) {
        return response.code() == BearerAuthorization.UNAUTHORIZED
                        && covers(response.request().url())
                ? ClaimsChallenge.claims(response.headers(BearerAuthorization.CHALLENGE_HEADER))
                : null;
    }

    private boolean covers(HttpUrl url) {
        return authorization.covers(url.scheme(), url.host(), url.port());
    }

    private static boolean isSpent(@Nullable RequestBody body) {
        return body != null && body.isOneShot();
    }
}
