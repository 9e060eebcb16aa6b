/** Tokens for the OpenAI client for Java. */
@NullMarked
package dev.signet.identity.integration.openai;

import org.jspecify.annotations.NullMarked;
