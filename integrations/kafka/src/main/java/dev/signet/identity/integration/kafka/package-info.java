/** Tokens for Kafka clients. */
@NullMarked
package dev.signet.identity.integration.kafka;

import org.jspecify.annotations.NullMarked;
