/** The providers that chains find, and how certificates are read and assertions signed. */
@NullMarked
package dev.signet.identity.serviceprincipal.internal;

import org.jspecify.annotations.NullMarked;
