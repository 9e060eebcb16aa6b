// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.testkit.Application;
import dev.signet.identity.testkit.EmbeddedAuthority;
import dev.signet.identity.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A pod whose token the embedded authority accepts. */
abstract class PodFixture extends CloudFixture {
    static final String TENANT = EmbeddedAuthority.DEFAULT_TENANT;
    static final String OTHER_TENANT = "11111111-2222-4333-8444-555555555555";

    @TempDir
    Path directory;

    Path tokenFile;
    TestContext pod;

    @BeforeEach
    void startPod() throws IOException {
        tokenFile = directory.resolve("azure-identity-token");
        write("pod-token");
        accept("pod-token", "new-token", "a+b/c==");
        pod = inPod(cloud.authority().environment(Application.builder(CLIENT_ID).build(), tokenFile));
    }

    void accept(String... assertions) {
        for (String tenant : new String[] {TENANT, OTHER_TENANT}) {
            Application.Builder application = Application.builder(CLIENT_ID).tenantId(tenant);
            for (String assertion : assertions) {
                application.assertion(assertion);
            }
            cloud.authority().registerApplication(application.build());
        }
    }

    void write(String content) throws IOException {
        Files.writeString(tokenFile, content);
    }

    Map<String, String> variables() {
        return pod.environment().variables();
    }

    static WorkloadIdentityCredential workload(TestContext context) {
        return WorkloadIdentityCredential.builder().context(context).build();
    }

    int requests() {
        return cloud.authority().requests().size();
    }
}
