// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.core.JsonObject;
import dev.signet.identity.testkit.EmbeddedCloud;
import dev.signet.identity.testkit.MutableClock;
import dev.signet.identity.testkit.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What kubectl and git are told. */
class CredentialCommandsTest {
    private static final String AKS = "6dae42f8-4368-4678-94ff-3960e28e3630";
    private static final String AZURE_REPOS = "499b84ac-1321-427f-aa17-267ca6975798";

    private EmbeddedCloud cloud;

    @BeforeEach
    void startCloud() {
        cloud = EmbeddedCloud.builder().clock(MutableClock.now()).start();
    }

    @AfterEach
    void stopCloud() {
        cloud.assertNoViolations();
        cloud.close();
    }

    private Map<String, String> withInfo(String info) {
        Map<String, String> environment = new HashMap<>(cloud.imds().environment());
        environment.put("KUBERNETES_EXEC_INFO", info);
        return environment;
    }

    private static Map<String, String> lines(CommandRun run) {
        assertEquals(0, run.exitCode, run.err);
        Map<String, String> lines = new HashMap<>();
        run.out
                .lines()
                .forEach(
                        line -> lines.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        return lines;
    }

    /** The members that client.authentication.k8s.io/v1 has, and no others. */
    @Test
    void execCredential_unasked_followsVersionOne() {
        CommandRun run = CommandRun.of(cloud.imds().environment(), "exec-credential");
        assertEquals(0, run.exitCode, run.err);
        JsonObject json =
                JsonObject.parse(run.out.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        JsonObject status = json.object("status").orElseThrow();
        assertEquals(
                "client.authentication.k8s.io/v1", json.string("apiVersion").orElseThrow());
        assertEquals("ExecCredential", json.string("kind").orElseThrow());
        assertTrue(cloud.authority().accepts(status.string("token").orElseThrow(), AKS));
        String expiry = status.string("expirationTimestamp").orElseThrow();
        assertTrue(expiry.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"), expiry);
        Duration left = Duration.between(cloud.clock().instant(), Instant.parse(expiry));
        assertEquals(24, left.plusSeconds(1).toHours());
        assertEquals(
                List.of("apiVersion", "kind", "status", "expirationTimestamp", "token"),
                run.out
                        .lines()
                        .filter(line -> line.contains("\" : "))
                        .map(line -> line.substring(line.indexOf('"') + 1, line.indexOf("\" : ")))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"})
    void execCredential_asked_answersInThatVersion(String version) {
        CommandRun run = CommandRun.of(
                withInfo("{\"kind\":\"ExecCredential\",\"apiVersion\":\"" + version
                        + "\",\"spec\":{\"interactive\":false}}"),
                "exec-credential",
                "--scope",
                "api://cluster/.default");
        assertTrue(run.out.contains("\"apiVersion\" : \"" + version + "\""), run.out);
        assertEquals(
                "api://cluster", cloud.imds().lastRequest().query("resource").orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"apiVersion\":\"client.authentication.k8s.io/v1alpha1\"}|client.authentication.k8s.io/v1alpha1",
                "{}|none",
                "nothing|none"
            })
    void execCredential_unknownVersion_isAUsageError(String info, String version) {
        CommandRun run = CommandRun.of(withInfo(info), "exec-credential");
        assertEquals(Signet.USAGE, run.exitCode);
        assertEquals(
                "signet: KUBERNETES_EXEC_INFO asks for apiVersion " + version
                        + "; write one of client.authentication.k8s.io/v1, client.authentication.k8s.io/v1beta1 into"
                        + " the kubeconfig\n",
                run.err.replace("\r", ""));
        assertEquals(0, cloud.requests().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev.azure.com", "DEV.AZURE.COM", "contoso.visualstudio.com"})
    void gitCredential_ofAzureRepos_isATokenAsPassword(String host) {
        CommandRun run = CommandRun.withInput(
                "protocol=https\nhost=" + host + "\npath=contoso/_git/shop\n\n",
                cloud.imds().environment(),
                "git-credential",
                "get");
        Map<String, String> lines = lines(run);
        assertEquals("signet", lines.get("username"));
        assertTrue(cloud.authority().accepts(lines.get("password"), AZURE_REPOS));
        assertEquals(
                cloud.clock().instant().plus(Duration.ofDays(1)).getEpochSecond(),
                Long.parseLong(lines.get("password_expiry_utc")));
        assertEquals(3, lines.size());
    }

    @Test
    void gitCredential_userInTheAddress_isKept() {
        CommandRun run = CommandRun.withInput(
                "protocol=https\nhost=dev.azure.com\nusername=contoso\n",
                cloud.imds().environment(),
                "git-credential",
                "get");
        assertEquals("contoso", lines(run).get("username"));
    }

    @Test
    void gitCredential_newerGit_getsAHeader() {
        CommandRun run = CommandRun.withInput(
                "capability[]=authtype\ncapability[]=state\nprotocol=https\nhost=dev.azure.com\n",
                cloud.imds().environment(),
                "git-credential",
                "get");
        Map<String, String> lines = lines(run);
        assertTrue(run.out.startsWith("capability[]=authtype\n"), "must come first");
        assertEquals("Bearer", lines.get("authtype"));
        assertTrue(cloud.authority().accepts(lines.get("credential"), AZURE_REPOS));
        assertFalse(lines.containsKey("password"));
        assertEquals("1", lines.get("ephemeral"));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "https, github.com,                       get",
        "https, dev.azure.com.evil.example,       get",
        "https, evilvisualstudio.com,             get",
        "https, dev.azure.com:8443,               get",
        "http,  dev.azure.com,                    get",
        "ssh,   dev.azure.com,                    get",
        "http,  intranet.example,                 get",
        "https, dev.azure.com,                    store",
        "https, dev.azure.com,                    erase"
    })
    void gitCredential_notForUs_isSilence(String protocol, String host, String operation) {
        CommandRun run = CommandRun.withInput(
                "protocol=" + protocol + "\nhost=" + host + "\n\n",
                cloud.imds().environment(),
                "git-credential",
                "--host",
                "intranet.example",
                operation);
        assertEquals(0, run.exitCode, run.err);
        assertEquals("", run.out);
        assertEquals(0, cloud.requests().size());
    }

    @Test
    void gitCredential_namedHost_getsATokenOfTheNamedScope() {
        CommandRun run = CommandRun.withInput(
                "protocol=https\nhost=git.contoso.example:8443\n\n",
                cloud.imds().environment(),
                "git-credential",
                "--host=git.contoso.example:8443",
                "--scope=api://git/.default",
                "get");
        assertTrue(cloud.authority().accepts(lines(run).get("password"), "api://git"));
    }

    @Test
    void gitCredential_noToken_failsWithTheReport() {
        cloud.imds().always(Reply.json(400, "{\"error\":\"invalid_request\"}"));
        CommandRun run = CommandRun.withInput(
                "protocol=https\nhost=dev.azure.com\n\n", cloud.imds().environment(), "git-credential", "get");
        assertEquals(Signet.UNAVAILABLE, run.exitCode);
        assertEquals("", run.out);
        assertTrue(run.err.startsWith("signet: DefaultAzureCredential got no token"), run.err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A=B"})
    void exec_badVariable_isAUsageError(String name) {
        CommandRun run = CommandRun.of(cloud.imds().environment(), "exec", "--variable", name, "--", "true");
        assertEquals(Signet.USAGE, run.exitCode);
        assertTrue(run.err.contains("--variable must be the name of a variable"), run.err);
        assertEquals(0, cloud.requests().size());
    }

    @Test
    void exec_withoutAProgram_isAUsageError() {
        CommandRun run = CommandRun.of(cloud.imds().environment(), "exec");
        assertEquals(Signet.USAGE, run.exitCode);
        assertTrue(run.err.contains("Missing required parameter: 'PROGRAM'"), run.err);
    }

    @Test
    void exec_absentProgram_isAUsageError() {
        CommandRun run = CommandRun.of(cloud.imds().environment(), "exec", "--", "/no/such/program", "-x");
        assertEquals(Signet.USAGE, run.exitCode);
        assertTrue(
                run.err.startsWith("signet: /no/such/program cannot be started; name a program that is on PATH"),
                run.err);
    }
}
