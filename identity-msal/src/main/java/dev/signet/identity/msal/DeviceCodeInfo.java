// SPDX-License-Identifier: MIT
package dev.signet.identity.msal;

import dev.signet.identity.msal.internal.DevicePrompt;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a user must be told to sign in on another device. The code by which the program asks for the token is not part
 * of it. {@link #toString()} shows no code.
 *
 * @since 0.1.0
 */
public final class DeviceCodeInfo {
    private final DevicePrompt prompt;

    DeviceCodeInfo(DevicePrompt prompt) {
        this.prompt = prompt;
    }

    /**
     * What the user types in.
     *
     * @return some letters and digits
     */
    public String userCode() {
        return prompt.userCode();
    }

    /**
     * Where the user types it in.
     *
     * @return a web address
     */
    public String verificationUri() {
        return prompt.verificationUri();
    }

    /**
     * The same address with the code in it, for a link or a QR code.
     *
     * @return empty where the server gives none
     */
    public Optional<String> verificationUriComplete() {
        return Optional.ofNullable(prompt.verificationUriComplete());
    }

    /**
     * Until when the code can be used.
     *
     * @return the moment
     */
    public Instant expiresOn() {
        return prompt.expiresOn();
    }

    /**
     * The time between two questions whether the user is done.
     *
     * @return usually five seconds
     */
    public Duration interval() {
        return prompt.interval();
    }

    /**
     * All of it in words, as the server puts it.
     *
     * @return one or more sentences
     */
    public String message() {
        return prompt.message();
    }

    @Override
    public String toString() {
        return "DeviceCodeInfo[verificationUri=" + prompt.verificationUri() + ", expiresOn=" + prompt.expiresOn() + "]";
    }
}
