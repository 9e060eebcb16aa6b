/** Bearer tokens for HTTP clients. */
@NullMarked
package dev.signet.identity.integration.http;

import org.jspecify.annotations.NullMarked;
