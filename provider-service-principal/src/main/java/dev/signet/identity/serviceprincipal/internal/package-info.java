/** The providers that chains find. */
@NullMarked
package dev.signet.identity.serviceprincipal.internal;

import org.jspecify.annotations.NullMarked;
