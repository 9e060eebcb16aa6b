// SPDX-License-Identifier: MIT
/** What the operating systems offer to keep secrets. */
@NullMarked
package dev.signet.identity.persistence.internal;

import org.jspecify.annotations.NullMarked;
