/** What a chain finds: the providers of this module's credentials. */
@NullMarked
package dev.signet.identity.developertools.internal;

import org.jspecify.annotations.NullMarked;
