// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.ClientAuthenticationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A user with a real browser. Once per build; pictures of the pages stay under {@code target/screenshots}. */
@Timeout(120)
@EnabledIfSystemProperty(named = "signet.test.path", matches = "module", disabledReason = "once is enough")
class RealBrowserTest extends UserFixture {
    private static final Path PICTURES = Path.of("target", "screenshots");

    @TempDir
    Path profile;

    private Chromium chromium;

    @BeforeEach
    void startBrowser() throws IOException {
        RealPeer.require(Chromium.BROWSER, "chromium");
        RealPeer.require(Chromium.DRIVER, "chromium-driver");
        chromium = Chromium.start(profile);
    }

    @AfterEach
    void endBrowser() throws IOException {
        if (chromium != null) {
            chromium.close();
        }
    }

    /** Does something in the browser. */
    private interface Steps {
        void take(URI address) throws IOException;
    }

    private void user(Steps steps) {
        browser.does(address -> {
            try {
                steps.take(address);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }

    @Test
    void accept_signsIn() throws IOException {
        user(address -> {
            chromium.open(address);
            chromium.click("//input[@value='" + bob.userName() + "']");
            chromium.screenshot(PICTURES.resolve("consent.png"));
            chromium.click("//button[@id='accept']");
        });

        assertUser(
                bob,
                dev.signet.identity.testkit.EmbeddedAuthority.DEFAULT_TENANT,
                interactive().build().getToken(REQUEST));

        assertEquals("Signed in", chromium.text("//h1[text()='Signed in']"));
        assertEquals(
                "You have signed in. You can close this window and go back to the application.", chromium.text("//p"));
        chromium.screenshot(PICTURES.resolve("signed-in.png"));
        assertTrue(Files.size(PICTURES.resolve("signed-in.png")) > 1000);
    }

    @Test
    void cancel_isToldOnThePageAndToTheProgram() throws IOException {
        user(address -> {
            chromium.open(address);
            chromium.click("//button[@id='cancel']");
        });
        InteractiveBrowserCredential credential = interactive().build();

        ClientAuthenticationException failure =
                assertThrows(ClientAuthenticationException.class, () -> credential.getToken(REQUEST));

        assertEquals(List.of(65004), failure.details().aadstsCodes());
        assertEquals("Not signed in", chromium.text("//h1[text()='Not signed in']"));
        assertTrue(chromium.text("//p").contains("access_denied"), chromium.text("//p"));
        chromium.screenshot(PICTURES.resolve("not-signed-in.png"));
    }

    @Test
    void deviceCode_entered_signsIn() {
        DeviceCodeCredential credential = DeviceCodeCredential.builder()
                .context(context)
                .prompt(info -> {
                    try {
                        chromium.open(URI.create(info.verificationUri()));
                        chromium.type("//input[@id='code']", info.userCode());
                        chromium.click("//button[@id='accept']");
                        chromium.text("//p[@id='note']");
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                })
                .build();

        assertAlice(credential.getToken(REQUEST));
    }
}
