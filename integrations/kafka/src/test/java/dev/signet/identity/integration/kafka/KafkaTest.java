// SPDX-License-Identifier: MIT
package dev.signet.identity.integration.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.AccessToken;
import dev.signet.identity.TokenCredential;
import dev.signet.identity.chain.DefaultAzureCredential;
import dev.signet.identity.spi.Environment;
import dev.signet.identity.testkit.EmbeddedAuthority;
import dev.signet.identity.testkit.EmbeddedCloud;
import dev.signet.identity.testkit.MutableClock;
import dev.signet.identity.testkit.Reply;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.HttpsURLConnection;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The unmodified clients against a real broker that checks the tokens of the embedded cloud itself. */
@Timeout(60)
class KafkaTest {
    private static final String AUDIENCE = "api://kafka";
    private static final EmbeddedCloud CLOUD =
            EmbeddedCloud.builder().clock(MutableClock.ticking()).start();

    private static KafkaBroker broker;

    private DefaultAzureCredential credential;

    @BeforeAll
    static void startBroker() throws Exception {
        String issuer = CLOUD.authority().uri() + EmbeddedAuthority.DEFAULT_TENANT + "/v2.0";
        broker = KafkaBroker.start(keys(), issuer, AUDIENCE);
    }

    @AfterAll
    static void stopBroker() throws Exception {
        if (broker != null) {
            broker.close();
        }
        CLOUD.close();
    }

    @BeforeEach
    void makeCredential() {
        credential = DefaultAzureCredential.builder()
                .environment(Environment.of(CLOUD.imds().environment()))
                .build();
    }

    @AfterEach
    void resetCloud() {
        credential.close();
        CLOUD.assertNoViolations();
        CLOUD.reset();
    }

    private static String keys() throws Exception {
        URI keys = CLOUD.authority().uri().resolve(EmbeddedAuthority.DEFAULT_TENANT + "/discovery/v2.0/keys");
        HttpsURLConnection connection = (HttpsURLConnection) keys.toURL().openConnection();
        connection.setSSLSocketFactory(CLOUD.authority().sslContext().getSocketFactory());
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            connection.disconnect();
        }
    }

    private static Map<String, Object> settings(TokenCredential credential) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", broker.address());
        settings.put("security.protocol", "SASL_PLAINTEXT");
        settings.put("sasl.mechanism", "OAUTHBEARER");
        settings.put("sasl.login.callback.handler.class", KafkaTokenCallbackHandler.class.getName());
        settings.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required scope=\"" + AUDIENCE
                        + "/.default\";");
        settings.put(KafkaTokenCallbackHandler.CREDENTIAL_CONFIG, credential);
        settings.put("sasl.login.refresh.buffer.seconds", (short) 0);
        settings.put("sasl.login.refresh.min.period.seconds", (short) 0);
        settings.put("delivery.timeout.ms", 60_000);
        return settings;
    }

    private static KafkaProducer<String, String> producer(TokenCredential credential) {
        return new KafkaProducer<>(settings(credential), new StringSerializer(), new StringSerializer());
    }

    private static List<String> consume(TokenCredential credential, String topic, int count) {
        TopicPartition partition = new TopicPartition(topic, 0);
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings(credential), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (values.size() < count) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(5))) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }

    private static double metric(KafkaProducer<?, ?> producer, String name) {
        return producer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(name)
                        && metric.getKey().group().equals("producer-metrics"))
                .mapToDouble(metric -> (double) metric.getValue().metricValue())
                .sum();
    }

    @Test
    void clients_withTokens_sendAndReceive() throws Exception {
        try (KafkaProducer<String, String> producer = producer(credential)) {
            producer.send(new ProducerRecord<>("orders", "first")).get();
            producer.send(new ProducerRecord<>("orders", "second")).get();
        } catch (ExecutionException | KafkaException failure) {
            throw new AssertionError(broker.log(), failure);
        }
        assertEquals(List.of("first", "second"), consume(credential, "orders", 2));
        assertEquals(AUDIENCE, CLOUD.imds().lastRequest().query("resource").orElseThrow());
        assertEquals(1, tokenRequests());
    }

    /** The broker ends connections whose token has expired, unless the client signed in again over them. */
    @Test
    void connection_tokenExpiring_signsInAgainAndGoesOn() throws Exception {
        CLOUD.imds().tokenLifetime(Duration.ofSeconds(4));
        int sent = 0;
        try (KafkaProducer<String, String> producer = producer(credential)) {
            while (metric(producer, "successful-reauthentication-total") < 2) {
                producer.send(new ProducerRecord<>("renewal", "message " + sent))
                        .get();
                sent++;
            }
            assertEquals(0, metric(producer, "failed-reauthentication-total"));
            assertEquals(0, metric(producer, "failed-authentication-total"));
        }
        assertTrue(tokenRequests() >= 3, tokenRequests() + " token requests");
        assertEquals(
                "message " + (sent - 1), consume(credential, "renewal", sent).get(sent - 1));
    }

    @Test
    void broker_tokenOfAnotherAudience_refuses() {
        TokenCredential wrong = request ->
                credential.getToken(dev.signet.identity.TokenRequestContext.of("https://vault.azure.net/.default"));
        try (KafkaProducer<String, String> producer = producer(wrong)) {
            ExecutionException failure =
                    assertThrows(ExecutionException.class, () -> producer.send(new ProducerRecord<>("orders", "never"))
                            .get());
            assertEquals(SaslAuthenticationException.class, failure.getCause().getClass());
        }
    }

    @Test
    void client_noToken_reportsTheCredentialsFailure() {
        CLOUD.imds().always(Reply.json(400, "{\"error\":\"invalid_request\"}"));
        KafkaException failure = assertThrows(KafkaException.class, () -> producer(credential));
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        assertTrue(root.getMessage().contains("DefaultAzureCredential got no token"), root.toString());
    }

    @Test
    void token_secret_isInNoText() {
        String marker = "marker-" + Long.toHexString(System.identityHashCode(this));
        KafkaToken token =
                new KafkaToken(AccessToken.of(marker, CLOUD.clock().instant(), "Fake"), AUDIENCE + "/.default");
        assertEquals(marker, token.value());
        assertTrue(!token.toString().contains(marker), token.toString());
    }

    private static long tokenRequests() {
        return CLOUD.imds().requests().stream()
                .filter(request -> request.query("resource").isPresent())
                .count();
    }
}
