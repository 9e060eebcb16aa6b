/** Tokens as passwords of databases. */
@NullMarked
package dev.signet.identity.integration.jdbc;

import org.jspecify.annotations.NullMarked;
