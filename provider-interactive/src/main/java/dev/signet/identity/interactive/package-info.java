/** Credentials of people who sign in, or have signed in before. */
@NullMarked
package dev.signet.identity.interactive;

import org.jspecify.annotations.NullMarked;
