/** Credentials of Azure hosts: managed identity in all its forms, and Kubernetes workload identity. */
@NullMarked
package dev.signet.identity.managedidentity;

import org.jspecify.annotations.NullMarked;
