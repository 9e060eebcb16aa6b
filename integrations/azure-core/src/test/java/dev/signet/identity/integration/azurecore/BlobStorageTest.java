// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.azurecore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobStorageException;
import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.chain.DefaultAzureCredential;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.testkit.CertificateAuthority;
import dev.signet.identity.testkit.EmbeddedCloud;
import dev.signet.identity.testkit.MutableClock;
import dev.signet.identity.testkit.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The unmodified client of Azure Blob Storage against Azurite, with tokens of the embedded cloud. */
@Timeout(60)
class BlobStorageTest {
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Azurite test CA");
    private static final Duration LIFETIME = Duration.ofSeconds(9);

    @TempDir
    static Path folder;

    private static AzuriteServer azurite;

    private EmbeddedCloud cloud;
    private DefaultAzureCredential credential;

    @BeforeAll
    static void startAzurite() throws Exception {
        azurite = AzuriteServer.start(AUTHORITY, folder);
    }

    @AfterAll
    static void stopAzurite() throws Exception {
        if (azurite != null) {
            azurite.close();
        }
    }

    @BeforeEach
    void startCloud() {
        cloud = EmbeddedCloud.builder()
                .clock(MutableClock.ticking())
                .tokenIssuer("https://sts.windows.net/")
                .start();
        credential = DefaultAzureCredential.builder()
                .environment(Environment.of(cloud.imds().environment()))
                .build();
    }

    @AfterEach
    void stopCloud() {
        credential.close();
        cloud.assertNoViolations();
        cloud.close();
    }

    private static BlobServiceClientBuilder client(TokenCredential credential) {
        HttpClient transport = new JdkHttpClientBuilder(
                        java.net.http.HttpClient.newBuilder().sslContext(AUTHORITY.sslContext()))
                .build();
        return new BlobServiceClientBuilder()
                .endpoint(azurite.endpoint().toString())
                .httpClient(transport)
                .credential(AzureCoreCredentials.toAzure(credential));
    }

    @Test
    void blobs_throughManagedIdentity_areUploadedListedAndDownloaded() {
        BlobContainerClient container = client(credential).buildClient().getBlobContainerClient("letters");
        container.create();

        container.getBlobClient("a.txt").upload(BinaryData.fromString("alpha"));
        container.getBlobClient("b.txt").upload(BinaryData.fromString("beta"));

        List<String> names =
                container.listBlobs().stream().map(BlobItem::getName).toList();
        assertEquals(List.of("a.txt", "b.txt"), names);
        assertEquals("beta", container.getBlobClient("b.txt").downloadContent().toString());
        assertEquals(1, tokenRequests());
        assertEquals(
                "https://storage.azure.com",
                cloud.imds().lastRequest().query("resource").orElseThrow());
    }

    @Test
    void blobs_throughTheAsyncClient_workToo() {
        BlobContainerAsyncClient container =
                client(credential).buildAsyncClient().getBlobContainerAsyncClient("async");

        String content = container
                .create()
                .then(container.getBlobAsyncClient("c.txt").upload(BinaryData.fromString("gamma")))
                .then(container.getBlobAsyncClient("c.txt").downloadContent())
                .map(BinaryData::toString)
                .block();

        assertEquals("gamma", content);
        assertEquals(1, tokenRequests());
    }

    /** The client drops its token two seconds after it was made; Azurite would take it for seven more. */
    @Test
    void token_expiring_isRenewedWhileTheClientWorks() {
        cloud.imds().tokenLifetime(LIFETIME);
        TokenCredential shortLived = request -> {
            AccessToken token = credential.getToken(request);
            return AccessToken.of(token.token(), token.expiresOn().minusSeconds(7), token.credentialName());
        };
        BlobContainerClient container = client(shortLived).buildClient().getBlobContainerClient("renewal");
        container.create();

        int uploads = 0;
        while (tokenRequests() < 3) {
            container.getBlobClient("counter").upload(BinaryData.fromString("upload " + uploads), true);
            uploads++;
        }

        assertTrue(uploads > 2, uploads + " uploads");
        assertEquals(
                "upload " + (uploads - 1),
                container.getBlobClient("counter").downloadContent().toString());
    }

    @Test
    void server_tokenOfAnotherIssuer_isRefused() {
        try (EmbeddedCloud stranger =
                        EmbeddedCloud.builder().clock(MutableClock.ticking()).start();
                DefaultAzureCredential wrong = DefaultAzureCredential.builder()
                        .environment(Environment.of(stranger.imds().environment()))
                        .build()) {
            BlobContainerClient container = client(wrong).buildClient().getBlobContainerClient("foreign");
            BlobStorageException refused = assertThrows(BlobStorageException.class, container::create);
            assertEquals(403, refused.getStatusCode());
        }
    }

    @Test
    void client_noTokenToBeHad_reportsOurFailure() {
        cloud.imds().always(Reply.json(400, "{\"error\":\"invalid_request\",\"error_description\":\"no\"}"));
        BlobContainerClient container = client(credential).buildClient().getBlobContainerClient("none");

        RuntimeException wrapped = assertThrows(RuntimeException.class, container::create);

        Throwable failure = assertInstanceOf(ClientAuthenticationException.class, wrapped.getCause());
        Throwable ours = failure.getSuppressed()[0];
        assertInstanceOf(dev.signet.identity.ClientAuthenticationException.class, ours);
        assertEquals(ours.getMessage(), failure.getMessage());
        assertTrue(failure.getMessage().startsWith("DefaultAzureCredential got no token"), failure.getMessage());
    }

    private long tokenRequests() {
        return cloud.imds().requests().stream()
                .filter(request -> request.query("resource").isPresent())
                .count();
    }
}
