// SPDX-License-Identifier: MIT
package dev.signet.identity.interactive;

import dev.signet.identity.core.StandardContext;
import dev.signet.identity.interactive.internal.DeviceCodeCredentialProvider;
import dev.signet.identity.interactive.internal.InteractiveBrowserCredentialProvider;
import dev.signet.identity.spi.ProviderContext;

/** A program that makes credentials, uses none and ends. */
public final class CreateOnly {
    private CreateOnly() {}

    public static void main(String[] args) {
        ProviderContext context = StandardContext.create();
        System.out.println(new InteractiveBrowserCredentialProvider().create(context));
        System.out.println(new DeviceCodeCredentialProvider().create(context));
    }
}
