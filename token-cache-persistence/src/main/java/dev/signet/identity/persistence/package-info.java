// SPDX-License-Identifier: MIT
/** Token caches on disk, encrypted by the operating system and shared by processes. */
@NullMarked
package dev.signet.identity.persistence;

import org.jspecify.annotations.NullMarked;
