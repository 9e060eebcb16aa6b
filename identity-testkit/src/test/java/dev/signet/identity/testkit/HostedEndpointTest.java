// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.testkit.internal.Json;
import dev.signet.identity.testkit.internal.JwtSigner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostedEndpointTest {
    private static final String RESOURCE = "resource=https%3A%2F%2Fvault.azure.net";
    private static final String VAULT = "https://vault.azure.net";

    private final EmbeddedCloud cloud = EmbeddedCloud.start();
    private final ManagedIdentity orders = ManagedIdentity.named("orders");

    @AfterEach
    void close() {
        cloud.close();
    }

    private HttpCalls.Answer imds(String query, String... headers) throws Exception {
        String base = cloud.imds().environment().get("AZURE_POD_IDENTITY_AUTHORITY_HOST");
        return HttpCalls.get(base + "/metadata/identity/oauth2/token" + query, headers);
    }

    private HttpCalls.Answer appService(String query) throws Exception {
        Map<String, String> environment = cloud.appService().environment();
        return HttpCalls.get(
                environment.get("IDENTITY_ENDPOINT") + "?api-version=2019-08-01&" + query,
                "X-IDENTITY-HEADER",
                environment.get("IDENTITY_HEADER"));
    }

    private boolean violated(String problem) {
        return cloud.violations().stream()
                .anyMatch(violation -> violation.problem().equals(problem));
    }

    private static String subject(Map<String, Object> body) {
        return (String) JwtSigner.claims((String) body.get("access_token")).get("appid");
    }

    @Test
    void imds_ok_givesStrings() throws Exception {
        Map<String, Object> body = Json.readObject(
                imds("?api-version=2018-02-01&" + RESOURCE, "Metadata", "true").body());

        assertEquals("86400", body.get("expires_in"));
        long expiry = cloud.clock().instant().getEpochSecond() + 86400;
        assertEquals(Long.toString(expiry), body.get("expires_on"));
        assertEquals(VAULT, body.get("resource"));
        assertEquals("Bearer", body.get("token_type"));
        assertEquals(VAULT, JwtSigner.claims((String) body.get("access_token")).get("aud"));
        cloud.assertNoViolations();
    }

    @Test
    void imds_probe_is400AndNoViolation() throws Exception {
        assertEquals(400, imds("").status());
        cloud.assertNoViolations();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "?api-version=2018-02-01&resource=r, Metadatum, 400, lacks header Metadata",
        "?api-version=2018-02-01&resource=r&mi_res_id=x, Metadata, 400, query has unknown parameter mi_res_id",
        "?api-version=2019-08-01&resource=r, Metadata, 400, query has a wrong value of parameter api-version",
        "?api-version=2018-02-01, Metadata, 400, query lacks parameter resource",
        "?api-version=2018-02-01&resource=r&resource=s, Metadata, 200, query has parameter resource more than once",
        "?api-version=2018-02-01&resource=r&claims=x, Metadata, 200, query has unknown parameter claims",
    })
    void imds_deviation_isAViolation(String query, String header, int status, String problem) throws Exception {
        assertEquals(status, imds(query, header, "true").status());
        assertTrue(violated(problem), cloud.violations().toString());
    }

    @Test
    void imds_twoIds_isAViolation() throws Exception {
        cloud.imds().identities().add(orders);
        imds(
                "?api-version=2018-02-01&" + RESOURCE + "&client_id=" + orders.clientId() + "&object_id="
                        + orders.objectId(),
                "Metadata",
                "true",
                "X-Forwarded-For",
                "10.0.0.1");

        assertTrue(violated("query names more than one identity"));
        assertTrue(violated("has header X-Forwarded-For"));
    }

    @Test
    void imds_identities_areSelected() throws Exception {
        String query = "?api-version=2018-02-01&" + RESOURCE;
        ManagedIdentities identities = cloud.imds().identities();
        String id = HttpCalls.encode(orders.resourceId());
        assertTrue(imds(query + "&msi_res_id=" + id, "Metadata", "true").body().contains("Identity not found"));

        identities.add(orders);
        for (String selector :
                new String[] {"client_id=" + orders.clientId(), "object_id=" + orders.objectId(), "msi_res_id=" + id}) {
            String body = imds(query + "&" + selector, "Metadata", "true").body();
            assertEquals(orders.clientId(), subject(Json.readObject(body)), selector);
        }
        String own = imds(query, "Metadata", "true").body();
        assertEquals(identities.systemAssigned().clientId(), subject(Json.readObject(own)));

        identities.systemAssigned(false);
        String only = imds(query, "Metadata", "true").body();
        assertEquals(orders.clientId(), subject(Json.readObject(only)));

        identities.add(ManagedIdentity.named("billing"));
        HttpCalls.Answer ambiguous = imds(query, "Metadata", "true");
        assertEquals(400, ambiguous.status());
        assertTrue(ambiguous.body().contains("Multiple user assigned identities"));
        cloud.assertNoViolations();
    }

    @Test
    void imds_unknownResource_isInvalid() throws Exception {
        cloud.authority().removeResource(VAULT);

        HttpCalls.Answer answer = imds("?api-version=2018-02-01&" + RESOURCE, "Metadata", "true");

        assertEquals(400, answer.status());
        assertTrue(answer.body().contains("invalid_resource"));
    }

    @Test
    void imds_location_namesTheRegion() throws Exception {
        String base = cloud.imds().uri() + "/metadata/instance/compute";
        HttpCalls.Answer answer =
                HttpCalls.get(base + "/location?api-version=2020-06-01&format=text", "Metadata", "true");

        assertEquals("westus2", answer.body());
        assertTrue(HttpCalls.get(base + "?api-version=2021-02-01", "Metadata", "true")
                .body()
                .contains("\"location\":\"westus2\""));
        assertTrue(cloud.imds().requests().isEmpty(), "not part of the token script");
        cloud.assertNoViolations();
    }

    @Test
    void appService_ok_hasNoExpiresIn() throws Exception {
        cloud.appService().tokenLifetime(Duration.ofHours(1));
        Map<String, Object> body = Json.readObject(appService(RESOURCE).body());

        assertFalse(body.containsKey("expires_in"));
        assertEquals(Long.toString(cloud.clock().instant().getEpochSecond() + 3600), body.get("expires_on"));
        assertNotNull(body.get("client_id"));
        cloud.assertNoViolations();
    }

    @Test
    void appService_unknownIdentity_isRefusedInItsShape() throws Exception {
        HttpCalls.Answer answer = appService(RESOURCE + "&client_id=nobody");

        assertEquals(400, answer.status());
        assertEquals(400.0, Json.readObject(answer.body()).get("statusCode"));
        cloud.assertNoViolations();
    }

    @Test
    void appService_oldHeader_isAViolation() throws Exception {
        String uri = cloud.appService().uri() + "?api-version=2019-08-01&" + RESOURCE;

        assertEquals(401, HttpCalls.get(uri, "secret", "x").status());
        assertTrue(violated("lacks header X-IDENTITY-HEADER"));
        assertTrue(violated("has header secret"));
    }

    @Test
    void appService_addressWithQuery_isAllowedWhenSaid() throws Exception {
        cloud.appService().script().allowParameters("a");

        assertEquals(200, appService("a=b&" + RESOURCE).status());
        cloud.assertNoViolations();
    }

    @Test
    void azureMl_knowsClientidOnly() throws Exception {
        cloud.azureMl().identities().add(orders);
        Map<String, String> environment = cloud.azureMl().environment();
        String uri = environment.get("MSI_ENDPOINT") + "?api-version=2017-09-01&" + RESOURCE;
        String secret = environment.get("MSI_SECRET");

        String selected = HttpCalls.get(uri + "&clientid=" + orders.clientId(), "secret", secret)
                .body();
        assertEquals(orders.clientId(), subject(Json.readObject(selected)));
        cloud.assertNoViolations();

        String ignored = HttpCalls.get(uri + "&client_id=" + orders.clientId(), "secret", secret)
                .body();
        assertEquals(cloud.azureMl().identities().systemAssigned().clientId(), subject(Json.readObject(ignored)));
        assertTrue(violated("query has unknown parameter client_id"));
        assertEquals("invalid secret", HttpCalls.get(uri, "secret", "x").body());
    }

    @Test
    void cloudShell_form_givesAUserToken() throws Exception {
        String uri = cloud.cloudShell().environment().get("MSI_ENDPOINT");

        Map<String, Object> body = Json.readObject(
                HttpCalls.post(null, uri, RESOURCE, "Metadata", "true").body());

        assertEquals("user", JwtSigner.claims((String) body.get("access_token")).get("idtyp"));
        cloud.assertNoViolations();
        assertEquals(
                405, HttpCalls.get(uri + "?" + RESOURCE, "Metadata", "true").status());
        assertTrue(violated("is not POST"));
    }

    @Test
    void arc_challenge_leadsToAKeyFile() throws Exception {
        ArcEndpoint arc = cloud.arc();
        arc.identities().add(orders);
        String uri = arc.environment().get("IDENTITY_ENDPOINT") + "?api-version=2020-06-01&" + RESOURCE + "&client_id="
                + orders.clientId();
        arc.nextKey("the-key\n");

        HttpCalls.Answer challenge = HttpCalls.get(uri, "Metadata", "true");
        assertEquals(401, challenge.status());
        Path key = Path.of(challenge.header("WWW-Authenticate").substring("Basic realm=".length()));
        assertEquals(arc.keyDirectory(), key.getParent());
        assertEquals("the-key\n", Files.readString(key));

        Map<String, Object> body =
                Json.readObject(HttpCalls.get(uri, "Metadata", "true", "Authorization", "Basic the-key")
                        .body());
        assertEquals(orders.clientId(), body.get("client_id"));
        assertEquals(orders.clientId(), subject(body));
        assertEquals(
                401,
                HttpCalls.get(uri, "Metadata", "true", "Authorization", "Basic the-key")
                        .status(),
                "a key is good for one token");
        cloud.assertNoViolations();
        cloud.close();
        assertFalse(Files.exists(key), "key files are deleted");
    }

    @Test
    void arc_oldAgent_ignoresTheSelector() throws Exception {
        cloud.arc().identities().add(orders);
        cloud.arc().userAssignedSupported(false);
        cloud.arc().nextKey("k");
        String uri = cloud.arc().uri() + "?api-version=2020-06-01&" + RESOURCE + "&client_id=" + orders.clientId();
        HttpCalls.get(uri, "Metadata", "true");

        Map<String, Object> body = Json.readObject(HttpCalls.get(uri, "Metadata", "true", "Authorization", "Basic k")
                .body());

        assertFalse(body.containsKey("client_id"));
        assertEquals(cloud.arc().identities().systemAssigned().clientId(), subject(body));
    }

    @Test
    void serviceFabric_pinnedCertificate_givesANumber() throws Exception {
        ServiceFabricEndpoint fabric = cloud.serviceFabric();
        Map<String, String> environment = fabric.environment();
        HttpsURLConnection connection = (HttpsURLConnection) java.net
                .URI
                .create(environment.get("IDENTITY_ENDPOINT") + "?api-version=2019-07-01-preview&" + RESOURCE)
                .toURL()
                .openConnection();
        PinnedTrust trust = new PinnedTrust(environment.get("IDENTITY_SERVER_THUMBPRINT"));
        connection.setSSLSocketFactory(trust.context().getSocketFactory());
        connection.setHostnameVerifier((host, session) -> true);
        connection.setRequestProperty("Secret", environment.get("IDENTITY_HEADER"));

        String body = new String(connection.getInputStream().readAllBytes());

        assertTrue(Json.readObject(body).get("expires_on") instanceof Double, body);
        assertEquals(fabric.thumbprint(), fabric.issuerThumbprint());
        cloud.assertNoViolations();
        String before = fabric.thumbprint();
        fabric.useIssuedCertificate(CertificateAuthority.create("issuer"));
        assertFalse(fabric.thumbprint().equals(before) || fabric.thumbprint().equals(fabric.issuerThumbprint()));
    }

    @Test
    void reset_forgetsWhatWasSaid() throws Exception {
        cloud.imds().always(Reply.status(503));
        imds("?x", "Metadata", "true");
        cloud.reset();

        assertTrue(cloud.requests().isEmpty());
        cloud.assertNoViolations();
        assertEquals(
                200,
                imds("?api-version=2018-02-01&" + RESOURCE, "Metadata", "true").status());
    }

    /** Trusts one certificate by its SHA-1. */
    private record PinnedTrust(String thumbprint) {
        javax.net.ssl.SSLContext context() throws Exception {
            javax.net.ssl.X509TrustManager manager = new javax.net.ssl.X509TrustManager() {
                @Override
                public void checkClientTrusted(X509Certificate[] chain, String type) {}

                @Override
                public void checkServerTrusted(X509Certificate[] chain, String type)
                        throws java.security.cert.CertificateException {
                    if (!CertificateAuthority.thumbprint(chain[0]).equals(thumbprint)) {
                        throw new java.security.cert.CertificateException("another certificate");
                    }
                }

                @Override
                public X509Certificate[] getAcceptedIssuers() {
                    return new X509Certificate[0];
                }
            };
            javax.net.ssl.SSLContext context = javax.net.ssl.SSLContext.getInstance("TLS");
            context.init(null, new javax.net.ssl.TrustManager[] {manager}, null);
            return context;
        }
    }
}
