/** The wire below the embedded cloud: HTTP, TLS, DER, JSON. */
@NullMarked
package dev.signet.identity.testkit.internal;

import org.jspecify.annotations.NullMarked;
