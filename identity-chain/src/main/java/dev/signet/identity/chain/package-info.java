/** Credentials that try others: the default chain and hand-built ones. */
@NullMarked
package dev.signet.identity.chain;

import org.jspecify.annotations.NullMarked;
