// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signet.identity.ManagedIdentityId;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.spi.Readiness;
import dev.signet.identity.testkit.Reply;
import dev.signet.identity.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The whole text of the messages that people meet most. */
class MessagesTest extends PodFixture {
    @Test
    void message_probeUnanswered_saysWhere() {
        cloud.imds().always(Reply.hang());
        TokenCredential credential = ManagedIdentityCredential.builder()
                .context(onMachine())
                .probeTimeout(java.time.Duration.ofMillis(100))
                .build()
                .asChainMember();

        String message = failure(credential).getMessage();

        assertEquals(
                "ManagedIdentityCredential: IMDS does not answer the probe: no complete answer within 100 ms. Use this"
                        + " credential on an Azure host; on a slow one set a longer probeTimeout.",
                message.replace("Read timed out", "no complete answer within 100 ms"));
    }

    @Test
    void message_probeAnsweredByOther_saysWith() {
        cloud.imds().always(Reply.html(403, "<html></html>"));

        assertMessage(
                "ManagedIdentityCredential: something else than IMDS answers the probe, with HTTP 403. Use this"
                        + " credential on an Azure host; on a slow one set a longer probeTimeout.",
                chained(onMachine()));
    }

    @Test
    void message_imdsForbidden_quotesAnswer() {
        cloud.imds().always(Reply.text(403, "unreachable"));

        assertMessage(
                "ManagedIdentityCredential: something else than IMDS answers at its address, with HTTP 403: unreachable."
                        + " Use another credential: this is not an Azure host.",
                direct(onMachine()));
    }

    @Test
    void message_unknownResource_showsCode() {
        cloud.imds()
                .always(Reply.json(
                        400,
                        "{\"error\":\"invalid_resource\",\"error_description\":\"AADSTS500011: not found in the"
                                + " tenant\"}"));

        assertMessage(
                "ManagedIdentityCredential: IMDS refused the request with HTTP 400 (invalid_resource): AADSTS500011: not"
                        + " found in the tenant. Check the scope: no resource of that name is known in this tenant.",
                direct(onMachine()));
    }

    @Test
    void message_noIdentity_saysAssign() {
        cloud.imds()
                .always(Reply.json(
                        400, "{\"error\":\"invalid_request\",\"error_description\":\"Identity not found\"}"));

        assertMessage(
                "ManagedIdentityCredential: IMDS refused the request with HTTP 400 (invalid_request): Identity not"
                        + " found. Assign an identity to this host; name it when there are several.",
                direct(onMachine()));
    }

    @Test
    void message_malformedEndpoint_namesVariable() {
        assertMessage(
                "ManagedIdentityCredential: IDENTITY_ENDPOINT is not an absolute http or https address. Leave the"
                        + " variable as the platform sets it, or unset it.",
                direct(with(Map.of("IDENTITY_ENDPOINT", "169.254.169.254", "IDENTITY_HEADER", "h"))));
    }

    @Test
    void message_unsupportedIdentity_namesSource() {
        TestContext context = on(cloud.cloudShell()).managedIdentityId(ManagedIdentityId.objectId(OBJECT_ID));

        assertMessage(
                "ManagedIdentityCredential: Cloud Shell cannot give tokens of the identity named by object id. Name the"
                        + " identity in a way that this host knows, or leave it out for the host's own.",
                direct(context));
        assertEquals(
                new Readiness(
                        Readiness.Status.MISCONFIGURED,
                        "Cloud Shell cannot give tokens of the identity named by object id",
                        "Name the identity in a way that this host knows, or leave it out for the host's own."),
                direct(context).explain());
    }

    @Test
    void message_appServiceRefuses_quotesAnswer() {
        cloud.appService()
                .always(Reply.json(400, "{\"statusCode\":400,\"message\":\"No identity\",\"correlationId\":\"c-1\"}"));

        assertMessage(
                "ManagedIdentityCredential: App Service refused the request with HTTP 400: No identity, correlation id"
                        + " c-1. Check that the identity is assigned to this host, and the scope.",
                direct(on(cloud.appService())));
    }

    @Test
    void message_tokenFileMissing_namesFile() throws IOException {
        Files.delete(tokenFile);

        assertMessage(
                "WorkloadIdentityCredential: the token file " + tokenFile
                        + " cannot be read (NoSuchFileException). Check the pod's token volume and who may read it.",
                workload(pod));
    }

    @Test
    void explain_hosts_saysSource() {
        assertEquals(
                new Readiness(
                        Readiness.Status.UNKNOWN,
                        "IMDS, the host's own identity; only a try tells whether IMDS is there",
                        ""),
                direct(onMachine()).explain());
        assertEquals(
                new Readiness(Readiness.Status.CONFIGURED, "App Service, the identity named by client id", ""),
                direct(on(cloud.appService()).clientId(CLIENT_ID)).explain());
        assertEquals(
                new Readiness(Readiness.Status.CONFIGURED, "IMDS, the host's own identity", ""),
                direct(on(cloud.imds())).explain());
        assertEquals(
                "workload identity, the host's own identity",
                direct(pod).explain().detail());
        assertEquals(
                "Service Fabric, the host's own identity",
                direct(on(cloud.serviceFabric())).explain().detail());
        assertEquals(
                "Azure Machine Learning, the host's own identity",
                direct(on(cloud.azureMl())).explain().detail());
        assertEquals(0, requests());
        assertEquals(0, count(cloud.imds()));
    }

    private static void assertMessage(String expected, TokenCredential credential) {
        assertEquals(expected, failure(credential).getMessage());
    }
}
