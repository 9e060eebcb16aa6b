/** Users who sign in: their tokens, their accounts and where both are kept. */
@NullMarked
package dev.signet.identity.msal;

import org.jspecify.annotations.NullMarked;
