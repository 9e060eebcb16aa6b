/** Credentials of applications: client secret, certificate, assertion, pipelines, on behalf of users, environment. */
@NullMarked
package dev.signet.identity.serviceprincipal;

import org.jspecify.annotations.NullMarked;
