/** How a chain makes the credentials of people. */
@NullMarked
package dev.signet.identity.interactive.internal;

import org.jspecify.annotations.NullMarked;
