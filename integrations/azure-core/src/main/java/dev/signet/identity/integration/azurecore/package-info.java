/** Credentials in the form of azure-core, and azure-core's in ours. */
@NullMarked
package dev.signet.identity.integration.azurecore;

import org.jspecify.annotations.NullMarked;
