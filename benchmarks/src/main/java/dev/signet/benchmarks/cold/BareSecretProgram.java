// SPDX-License-Identifier: MIT
package dev.signet.benchmarks.cold;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** The least that gets a token for a client secret with the JDK alone: no checks, no retry, no cache. */
public final class BareSecretProgram {
    private BareSecretProgram() {}

    /**
     * Prints the length of a token.
     *
     * @param args none
     * @throws IOException if there is no token
     */
    public static void main(String[] args) throws IOException {
        String address =
                System.getenv("AZURE_AUTHORITY_HOST") + System.getenv("AZURE_TENANT_ID") + "/oauth2/v2.0/token";
        HttpURLConnection connection = (HttpURLConnection) new URL(address).openConnection();
        connection.setDoOutput(true);
        String form = "grant_type=client_credentials&scope=https%3A%2F%2Fmanagement.azure.com%2F.default&client_id="
                + System.getenv("AZURE_CLIENT_ID") + "&client_secret=" + System.getenv("AZURE_CLIENT_SECRET");
        connection.getOutputStream().write(form.getBytes(StandardCharsets.US_ASCII));
        try (InputStream body = connection.getInputStream()) {
            String json = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            int name = json.indexOf("\"access_token\"");
            int start = json.indexOf('"', json.indexOf(':', name)) + 1;
            System.out.println(json.indexOf('"', start) - start);
        }
    }
}
