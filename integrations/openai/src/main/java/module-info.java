/**
 * Tokens for the OpenAI client for Java.
 *
 * @since 0.1.0
 */
@SuppressWarnings("requires-automatic") // openai-java-core has no descriptor
module dev.signet.identity.integration.openai {
    requires transitive dev.signet.identity;
    requires static openai.java.core;
    requires static org.jspecify;

    exports dev.signet.identity.integration.openai;
}
