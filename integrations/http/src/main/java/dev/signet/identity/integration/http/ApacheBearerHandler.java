// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Puts bearer tokens into the requests of Apache HttpClient 5 (the classic one); to be added with {@code
 * addExecInterceptorBefore(ChainElement.PROTOCOL.name(), "bearer", handler)}, where it sees the target of every
 * redirect. A body that can be written only once is not sent again after a challenge. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ApacheBearerHandler implements ExecChainHandler {
    private final BearerAuthorization authorization;

    /**
     * A handler.
     *
     * @param authorization which token goes where
     */
    public ApacheBearerHandler(BearerAuthorization authorization) {
        this.authorization = Objects.requireNonNull(authorization);
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        HttpHost target = scope.route.getTargetHost();
        if (request.containsHeader(BearerAuthorization.HEADER)
                || !authorization.covers(target.getSchemeName(), target.getHostName(), target.getPort())) {
            return chain.proceed(request, scope);
        }
        ClassicHttpResponse response = chain.proceed(with(request, null), scope);
        String claims = claims(response);
        if (claims == null || isSpent(request.getEntity())) {
            return response;
        }
        response.close();
        return chain.proceed(with(request, claims), scope);
    }

    /** A copy, since those behind us add headers that must not be there when they see the request again. */
    private ClassicHttpRequest with(ClassicHttpRequest request, @Nullable String claims) {
        return ClassicRequestBuilder.copy(request)
                .setHeader(BearerAuthorization.HEADER, authorization.header(claims))
                .build();
    }

    private static @Nullable String claims(ClassicHttpResponse response) {
        if (response.getCode() != BearerAuthorization.UNAUTHORIZED) {
            return null;
        }
        List<String> challenges = new ArrayList<>();
        for (Header header : response.getHeaders(BearerAuthorization.CHALLENGE_HEADER)) {
            challenges.add(header.getValue());
        }
        return ClaimsChallenge.claims(challenges);
    }

    private static boolean isSpent(@Nullable HttpEntity body) {
        return body != null && !body.isRepeatable();
    }
}
