// SPDX-License-Identifier: MIT
package dev.signet.identity.serviceprincipal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.CredentialUnavailableException;
import dev.signet.identity.Outcome;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.core.JsonObject;
import dev.signet.identity.serviceprincipal.internal.EnvironmentCredentialProvider;
import dev.signet.identity.spi.Explainable;
import dev.signet.identity.spi.ProviderContext;
import dev.signet.identity.spi.Readiness;
import dev.signet.identity.spi.TransportResponse;
import dev.signet.identity.testkit.TestContext;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows EN01 to EN03 and section 3 of the chain's rules: the application that variables describe. */
class EnvironmentCredentialTest extends ApplicationFixture {
    private static final String ALTERNATIVE =
            " not set. Set them, or with a certificate AZURE_CLIENT_CERTIFICATE_PATH in place of the secret.";

    private static final String REALM = "{\"ver\":\"1.0\",\"account_type\":\"Managed\",\"domain_name\":\"contoso.com\","
            + "\"cloud_instance_name\":\"microsoftonline.com\"}";
    private static final String USER_TOKEN = "{\"token_type\":\"Bearer\",\"scope\":\"" + SCOPE
            + "\",\"expires_in\":3599,"
            + "\"access_token\":\"AT\",\"refresh_token\":\"RT\",\"id_token\":\"" + encoded("{\"alg\":\"none\"}") + "."
            + encoded("{\"oid\":\"o\",\"tid\":\"" + TENANT
                    + "\",\"preferred_username\":\"maria@contoso.com\",\"sub\":\"s\"," + "\"aud\":\"c\",\"iss\":\"i\"}")
            + ".s\",\"client_info\":\"" + encoded("{\"uid\":\"o\",\"utid\":\"" + TENANT + "\"}") + "\"}";

    @TempDir
    Path directory;

    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void registerApplication() {
        register(application().secret(SECRET).certificate(CertificateCredentialTest.LEAF.certificate()));
        variables.put("AZURE_TENANT_ID", TENANT);
        variables.put("AZURE_CLIENT_ID", CLIENT_ID);
    }

    private void certificate() {
        Path file = CertificateCredentialTest.LEAF.writePem(directory.resolve("leaf.pem"));
        variables.put("AZURE_CLIENT_CERTIFICATE_PATH", file.toString());
    }

    private EnvironmentCredential credential() {
        return EnvironmentCredential.create(with(variables));
    }

    private JsonObject header() {
        String assertion = request(0).form("client_assertion").orElseThrow();
        return JsonObject.parse(Base64.getUrlDecoder().decode(assertion.split("\\.")[0]))
                .orElseThrow();
    }

    @Test
    @DisplayName("EN01 secret and certificate: the secret")
    void getToken_secretAndCertificate_usesTheSecret() {
        certificate();
        variables.put("AZURE_CLIENT_SECRET", SECRET);

        assertEquals("EnvironmentCredential", credential().getToken(REQUEST).credentialName());
        assertEquals(Optional.of(SECRET), request(0).form("client_secret"));
    }

    @ParameterizedTest(name = "EN01 AZURE_CLIENT_SEND_CERTIFICATE_CHAIN={0}: {1} certificates")
    @CsvSource({"1, 3", "true, 3", "TRUE, 3", "'', 0", "0, 0", "false, 0", "yes, 0"})
    void getToken_certificate_sendsTheChainWhenTold(String sendChain, int certificates) {
        cloud.authority()
                .registerApplication(application()
                        .certificate(CertificateCredentialTest.LEAF.certificate())
                        .build());
        certificate();
        variables.put("AZURE_CLIENT_SEND_CERTIFICATE_CHAIN", sendChain);
        credential().getToken(REQUEST);

        assertEquals(certificates, header().strings("x5c").size());
    }

    @ParameterizedTest(name = "EN03 {0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "AZURE_CLIENT_ID | AZURE_TENANT_ID, AZURE_CLIENT_SECRET",
                "AZURE_TENANT_ID | AZURE_CLIENT_ID, AZURE_CLIENT_SECRET",
                "'' | AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET",
                "AZURE_CLIENT_SECRET | AZURE_TENANT_ID, AZURE_CLIENT_ID",
                "AZURE_CLIENT_CERTIFICATE_PATH | AZURE_TENANT_ID, AZURE_CLIENT_ID",
                "AZURE_TENANT_ID AZURE_CLIENT_CERTIFICATE_PATH | AZURE_CLIENT_ID",
                "AZURE_CLIENT_ID AZURE_USERNAME | AZURE_PASSWORD",
            })
    void getToken_incomplete_namesWhatTheClosestSetLacks(String set, String missing) {
        variables.clear();
        for (String variable : set.split(" ")) {
            variables.put(variable, "x");
        }
        ClientAuthenticationException failure = localFailure(credential());

        assertInstanceOf(CredentialUnavailableException.class, failure);
        assertEquals("EnvironmentCredential: " + missing + ALTERNATIVE, failure.getMessage());
        assertEquals(
                new Readiness(
                        Readiness.Status.NOT_CONFIGURED,
                        missing + " not set",
                        ALTERNATIVE.substring(" not set. ".length())),
                credential().explain());
    }

    @Test
    void getToken_blankVariable_countsAsNotSet() {
        variables.put("AZURE_CLIENT_SECRET", "  ");
        certificate();
        credential().getToken(REQUEST);

        assertTrue(request(0).form("client_assertion").isPresent());
    }

    @Test
    void getTokenAsync_incomplete_failsTheSameWay() {
        Throwable failure = credential()
                .getTokenAsync(REQUEST)
                .handle((token, thrown) -> thrown)
                .join();

        assertInstanceOf(CredentialUnavailableException.class, failure);
    }

    @Test
    void getToken_certificateFileMissing_isMisconfiguredAndNotUnavailable() {
        variables.put(
                "AZURE_CLIENT_CERTIFICATE_PATH", directory.resolve("absent").toString());
        ClientAuthenticationException failure = localFailure(credential());

        assertFalse(failure instanceof CredentialUnavailableException);
        assertEquals(Outcome.MISCONFIGURED, failure.outcome());
    }

    @Test
    void getToken_idsGivenInCode_winOverVariables() {
        variables.put("AZURE_TENANT_ID", "wrong.example");
        variables.put("AZURE_CLIENT_ID", "wrong");
        variables.put("AZURE_CLIENT_SECRET", SECRET);
        TestContext ambient = with(variables).tenantId(TENANT).clientId(CLIENT_ID);
        EnvironmentCredential.create(ambient).getToken(REQUEST);

        assertEquals("/" + TENANT + "/oauth2/v2.0/token", request(0).path());
    }

    @Test
    void getToken_otherTenants_areReadFromTheEnvironment() {
        variables.put("AZURE_CLIENT_SECRET", SECRET);
        variables.put("AZURE_ADDITIONALLY_ALLOWED_TENANTS", OTHER_TENANT);
        credential().getToken(REQUEST.withTenantId(OTHER_TENANT));

        assertEquals("/" + OTHER_TENANT + "/oauth2/v2.0/token", request(0).path());
    }

    @Test
    void getToken_wrongSecret_isARefusalAlsoInAChain() {
        variables.put("AZURE_CLIENT_SECRET", "wr0ng~Value");
        ClientAuthenticationException failure = failure(credential().asChainMember());

        assertEquals(Outcome.REJECTED, failure.outcome());
        assertEquals("EnvironmentCredential", failure.credentialName());
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({"AZURE_TENANT_ID, ../x", "AZURE_REGIONAL_AUTHORITY_NAME, west/us", "AZURE_AUTHORITY_HOST, http://x"})
    void create_malformedVariable_isRefusedAndStopsAChain(String variable, String value) {
        variables.put("AZURE_CLIENT_SECRET", SECRET);
        variables.put(variable, value);
        IllegalArgumentException wrong = assertThrows(IllegalArgumentException.class, this::credential);
        TokenCredential member = new EnvironmentCredentialProvider().create(with(variables));
        ClientAuthenticationException failure = localFailure(member);

        assertEquals(Outcome.MISCONFIGURED, failure.outcome());
        assertEquals("EnvironmentCredential: " + wrong.getMessage() + ".", failure.getMessage());
        assertEquals(
                Readiness.Status.MISCONFIGURED, ((Explainable) member).explain().status());
        assertEquals("EnvironmentCredential", member.toString());
    }

    private TestContext userInEnvironment(List<String> sent) {
        variables.remove("AZURE_TENANT_ID");
        variables.put("AZURE_USERNAME", "maria@contoso.com");
        variables.put("AZURE_PASSWORD", "pass+word");
        return with(variables).transport(request -> {
            sent.add(request.uri().getPath() + " " + new String(request.body(), StandardCharsets.UTF_8));
            return answer(request.uri().getPath().contains("/userrealm/") ? REALM : USER_TOKEN);
        });
    }

    @Test
    void getToken_userNameAndPassword_signsTheUserIn() {
        List<String> sent = new ArrayList<>();
        EnvironmentCredential credential = EnvironmentCredential.create(userInEnvironment(sent));

        assertEquals("user name and password", credential.explain().detail());
        assertEquals("EnvironmentCredential", credential.getToken(REQUEST).credentialName());
        assertEquals(2, sent.size());
        assertTrue(sent.get(1).startsWith("/organizations/oauth2/v2.0/token "), sent.get(1));
        assertTrue(sent.get(1).contains("username=maria%40contoso.com"), sent.get(1));
        assertTrue(sent.get(1).contains("password=pass%2Bword"), sent.get(1));
    }

    @Test
    void create_userNameAndPasswordWithoutIdentityMsal_namesTheArtifact() throws Exception {
        TestContext ambient = userInEnvironment(new ArrayList<>());
        Class<?> alone = new WithoutMsal().loadClass(EnvironmentCredential.class.getName());
        Throwable failure = assertThrows(
                        InvocationTargetException.class,
                        () -> alone.getMethod("create", ProviderContext.class).invoke(null, ambient))
                .getCause();

        assertEquals(
                "AZURE_USERNAME and AZURE_PASSWORD need a module that is not installed: add dev.signet:identity-msal to the"
                        + " class path or module path, or use a client secret",
                failure.getMessage());
    }

    /** Loads this family again, as where identity-msal is not installed. */
    private static final class WithoutMsal extends ClassLoader {
        private static final String FAMILY = EnvironmentCredential.class.getPackageName() + ".";

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("dev.signet.identity.msal.")) {
                throw new ClassNotFoundException(name);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null || !name.startsWith(FAMILY)) {
                return loaded == null
                        ? EnvironmentCredential.class.getClassLoader().loadClass(name)
                        : loaded;
            }
            String file = name.substring(FAMILY.length()).replace('.', '/') + ".class";
            try (InputStream code = EnvironmentCredential.class.getResourceAsStream(file)) {
                byte[] bytes = code.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }

    private static TransportResponse answer(String body) {
        return new TransportResponse(200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void explain_complete_saysHow() {
        variables.put("AZURE_CLIENT_SECRET", SECRET);
        assertEquals(
                new Readiness(Readiness.Status.CONFIGURED, "client secret", ""),
                credential().explain());
        variables.remove("AZURE_CLIENT_SECRET");
        certificate();
        assertEquals(
                new Readiness(Readiness.Status.CONFIGURED, "certificate", ""),
                credential().explain());
    }

    @Test
    void clearCache_forgetsTokensOfBothForms() {
        variables.put("AZURE_CLIENT_SECRET", SECRET);
        EnvironmentCredential credential = credential();
        TokenCredential member = credential.asChainMember();
        credential.getToken(REQUEST);
        member.getToken(REQUEST);
        credential.clearCache();
        credential.getToken(REQUEST);
        member.getToken(REQUEST);

        assertEquals(4, requests().size());
        variables.clear();
    }
}
