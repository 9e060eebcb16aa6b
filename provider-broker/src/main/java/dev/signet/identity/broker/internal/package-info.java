/** The providers that chains find. */
@NullMarked
package dev.signet.identity.broker.internal;

import org.jspecify.annotations.NullMarked;
