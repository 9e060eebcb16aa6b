// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.http;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.TokenRequestContext;
import java.net.http.HttpClient;
import java.util.List;
import okhttp3.OkHttpClient;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;

/** The samples of README, compiled. */
final class HttpSnippets {
    private HttpSnippets() {}

    static List<Object> clients(TokenCredential credential) {
        // tag::http
        TokenRequestContext request =
                TokenRequestContext.of("api://orders/.default").withCaeEnabled(true);
        BearerAuthorization orders = BearerAuthorization.of(credential, request, "orders.contoso.example");
        HttpClient jdk = new BearerHttpClient(HttpClient.newHttpClient(), orders);
        OkHttpClient okHttp = new OkHttpClient.Builder()
                .addInterceptor(new OkHttpBearerInterceptor(orders))
                .build();
        CloseableHttpClient apache = HttpClients.custom()
                .addExecInterceptorBefore(ChainElement.PROTOCOL.name(), "bearer", new ApacheBearerHandler(orders))
                .build();
        // end::http
        return List.of(jdk, okHttp, apache);
    }
}
