// SPDX-License-Identifier: MIT
package dev.signet.benchmarks.cold;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** The least that gets a managed-identity token with the JDK alone: no checks, no retry, no cache. */
public final class BareProgram {
    private static final String RESOURCE = "https%3A%2F%2Fmanagement.azure.com";

    private BareProgram() {}

    /**
     * Prints the length of a token.
     *
     * @param args none
     * @throws IOException if there is no token
     */
    public static void main(String[] args) throws IOException {
        String appService = System.getenv("IDENTITY_ENDPOINT");
        HttpURLConnection connection;
        if (appService != null) {
            connection = open(appService + "?api-version=2019-08-01&resource=" + RESOURCE);
            connection.setRequestProperty("X-IDENTITY-HEADER", System.getenv("IDENTITY_HEADER"));
        } else {
            connection = open(System.getenv("AZURE_POD_IDENTITY_AUTHORITY_HOST")
                    + "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=" + RESOURCE);
            connection.setRequestProperty("Metadata", "true");
        }
        try (InputStream body = connection.getInputStream()) {
            String json = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            int name = json.indexOf("\"access_token\"");
            int start = json.indexOf('"', json.indexOf(':', name)) + 1;
            System.out.println(json.indexOf('"', start) - start);
        }
    }

    private static HttpURLConnection open(String address) throws IOException {
        return (HttpURLConnection) new URL(address).openConnection();
    }
}
