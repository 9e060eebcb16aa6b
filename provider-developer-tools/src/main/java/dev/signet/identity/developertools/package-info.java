/** Credentials of the Azure CLI, the Azure Developer CLI and Azure PowerShell. */
@NullMarked
package dev.signet.identity.developertools;

import org.jspecify.annotations.NullMarked;
