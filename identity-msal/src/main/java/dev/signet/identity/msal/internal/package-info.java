/** MSAL4J and what stands between it and the rest: HTTP, cache and errors. */
@NullMarked
package dev.signet.identity.msal.internal;

import org.jspecify.annotations.NullMarked;
