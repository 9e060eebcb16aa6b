/** What credential families share. Applications seldom need it; plug-ins may use it. */
@NullMarked
package dev.signet.identity.core;

import org.jspecify.annotations.NullMarked;
