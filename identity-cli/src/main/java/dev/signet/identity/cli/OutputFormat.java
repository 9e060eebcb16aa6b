// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

/** How a command prints its result. */
enum OutputFormat {
    /** Lines for a person. */
    TEXT,
    /** One JSON object for a program. */
    JSON
}
