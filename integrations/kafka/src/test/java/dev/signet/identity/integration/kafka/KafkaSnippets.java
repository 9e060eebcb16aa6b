// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.kafka;

import dev.signet.identity.TokenCredential;
import java.util.Map;

/** The samples of README, compiled. */
final class KafkaSnippets {
    private KafkaSnippets() {}

    static void client(Map<String, Object> settings, TokenCredential credential) {
        // tag::kafka
        settings.put("bootstrap.servers", "contoso.servicebus.windows.net:9093");
        settings.put("security.protocol", "SASL_SSL");
        settings.put("sasl.mechanism", "OAUTHBEARER");
        settings.put(
                "sasl.jaas.config", "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;");
        settings.put("sasl.login.callback.handler.class", KafkaTokenCallbackHandler.class.getName());
        settings.put(KafkaTokenCallbackHandler.CREDENTIAL_CONFIG, credential); // or a DefaultAzureCredential, without
        // end::kafka
    }
}
