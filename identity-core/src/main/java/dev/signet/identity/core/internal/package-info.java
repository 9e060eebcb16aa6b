/** HTTP on the wire and JSON parsing. */
@NullMarked
package dev.signet.identity.core.internal;

import org.jspecify.annotations.NullMarked;
