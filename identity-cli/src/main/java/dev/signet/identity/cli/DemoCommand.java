// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import dev.signet.identity.AccessToken;
import dev.signet.identity.ClientAuthenticationException;
import dev.signet.identity.TokenRequestContext;
import dev.signet.identity.chain.ChainReport;
import dev.signet.identity.chain.DefaultAzureCredential;
import dev.signet.identity.core.ProxySettings;
import dev.signet.identity.core.SocketHttpTransport;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.spi.HttpTransport;
import dev.signet.identity.testkit.Application;
import dev.signet.identity.testkit.EmbeddedAuthority;
import dev.signet.identity.testkit.EmbeddedCloud;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The quickstart: the real chain against the embedded cloud, in one process. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Gets tokens through the real chain from an embedded cloud, as a virtual machine and as a"
                + " Kubernetes pod would. Needs neither an Azure account nor a network.")
final class DemoCommand implements Callable<Integer> {
    private static final TokenRequestContext REQUEST = TokenRequestContext.of("https://vault.azure.net/.default");
    private static final String CLIENT_ID = "7a0d3c52-6a38-4c0e-9f0e-3f6d1f0c2b11";
    private static final String ISSUER = "https://oidc.demo.example/cluster";
    private static final String SUBJECT = "system:serviceaccount:shop:checkout";

    private final Ambient ambient;

    DemoCommand(Ambient ambient) {
        this.ambient = ambient;
    }

    @Override
    public Integer call() throws IOException {
        Path directory = Files.createTempDirectory("signet-demo");
        try (EmbeddedCloud cloud = EmbeddedCloud.start()) {
            HttpTransport transport = new SocketHttpTransport(ProxySettings.none(), System::nanoTime)
                    .withSslSocketFactory(cloud.authority().sslContext().getSocketFactory());
            say("The embedded cloud is up: an Entra authority at "
                    + cloud.authority().uri() + " and the metadata service of a virtual machine at "
                    + cloud.imds().uri() + ".");
            virtualMachine(cloud, transport);
            pod(cloud, transport, directory);
            cloud.assertNoViolations();
            return 0;
        } finally {
            delete(directory);
        }
    }

    private void virtualMachine(EmbeddedCloud cloud, HttpTransport transport) {
        title("As a virtual machine with a managed identity");
        try (DefaultAzureCredential credential = chain(cloud.imds().environment(), transport)) {
            show(cloud, credential);
        }
    }

    private void pod(EmbeddedCloud cloud, HttpTransport transport, Path directory) {
        title("As a pod on AKS with workload identity");
        EmbeddedAuthority authority = cloud.authority();
        Application application = authority.registerApplication(Application.builder(CLIENT_ID)
                .federatedCredential(ISSUER, SUBJECT, EmbeddedAuthority.TOKEN_EXCHANGE_AUDIENCE)
                .build());
        Path file = directory.resolve("azure-identity-token");
        write(file, authority.assertionFor(application.federatedCredentials().get(0)));
        Map<String, String> environment = authority.environment(application, file);
        try (DefaultAzureCredential credential = chain(environment, transport)) {
            show(cloud, credential);
        }
        title("The same pod under a service account that the application does not know");
        write(
                file,
                authority.assertionFor(new Application.FederatedCredential(
                        ISSUER, "system:serviceaccount:shop:other", EmbeddedAuthority.TOKEN_EXCHANGE_AUDIENCE)));
        try (DefaultAzureCredential credential = chain(environment, transport)) {
            credential.getToken(REQUEST);
            throw new IllegalStateException("the embedded cloud accepted a foreign service account");
        } catch (ClientAuthenticationException refused) {
            say(refused.details().message());
        }
    }

    private void show(EmbeddedCloud cloud, DefaultAzureCredential credential) {
        int before = cloud.requests().size();
        AccessToken token = credential.getToken(REQUEST);
        int first = cloud.requests().size() - before;
        AccessToken again = credential.getToken(REQUEST);
        int second = cloud.requests().size() - before - first;
        say(credential.lastReport().map(ChainReport::toString).orElse(""));
        say("Token from " + token.credentialName() + ", valid until " + token.expiresOn() + ". Requests: " + first
                + " for the first call, " + second + " for the next"
                + (again.equals(token) ? ", which gave the same token." : "."));
    }

    private static DefaultAzureCredential chain(Map<String, String> variables, HttpTransport transport) {
        return DefaultAzureCredential.builder()
                .environment(Environment.of(variables))
                .transport(transport)
                .build();
    }

    private void title(String text) {
        say("");
        say("== " + text);
    }

    private void say(String text) {
        PrintWriter out = ambient.out();
        out.println(text);
        out.flush();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void delete(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve("azure-identity-token"));
        Files.deleteIfExists(directory);
    }
}
