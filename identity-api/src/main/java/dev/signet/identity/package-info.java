/** Credentials, tokens and exceptions: the types that applications name. */
@NullMarked
package dev.signet.identity;

import org.jspecify.annotations.NullMarked;
