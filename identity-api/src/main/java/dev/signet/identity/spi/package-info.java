/** What a credential family implements and what it is handed. */
@NullMarked
package dev.signet.identity.spi;

import org.jspecify.annotations.NullMarked;
