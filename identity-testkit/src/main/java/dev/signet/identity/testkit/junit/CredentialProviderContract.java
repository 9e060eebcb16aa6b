// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signet.identity.TokenCredential;
import dev.signet.identity.spi.CredentialProvider;
import dev.signet.identity.spi.ProviderInfo;
import dev.signet.identity.testkit.ForbiddenTransport;
import dev.signet.identity.testkit.TestContext;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link CredentialProvider} keeps. A test class implements it, says which provider and in which context,
 * and inherits the tests.
 *
 * @since 0.1.0
 */
public interface CredentialProviderContract {
    /**
     * The provider under test.
     *
     * @return a new instance
     */
    CredentialProvider provider();

    /**
     * A context in which the provider can make its credential: every setting and variable it needs.
     *
     * @return a new context; its transport is replaced by one that forbids I/O
     */
    TestContext context();

    /**
     * Values in the context that no text may show.
     *
     * @return none unless given
     */
    default Set<String> secrets() {
        return Set.of();
    }

    /** The service loader can make an instance, and nobody can change what the class does. */
    @Test
    default void provider_class_isPublicAndFinalWithPublicConstructor() {
        Class<?> type = provider().getClass();

        assertTrue(Modifier.isPublic(type.getModifiers()), "the class must be public");
        assertTrue(Modifier.isFinal(type.getModifiers()), "the class must be final");
        assertTrue(
                Stream.of(type.getConstructors()).anyMatch(constructor -> constructor.getParameterCount() == 0),
                "there must be a public constructor without arguments");
    }

    /** A chain can select, exclude and report the credential by its names. */
    @Test
    default void providerInfo_names_areDistinctLettersAndDigits() {
        ProviderInfo info = provider().getClass().getAnnotation(ProviderInfo.class);
        assertNotNull(info, "@ProviderInfo is missing");
        List<String> names = new ArrayList<>(List.of(info.aliases()));
        names.add(info.name());
        Set<String> distinct = new HashSet<>();
        for (String name : names) {
            boolean wellFormed = !name.isEmpty()
                    && Character.isLetter(name.charAt(0))
                    && name.chars().allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c));
            assertTrue(wellFormed, "a name must consist of letters and digits: '" + name + "'");
            assertTrue(distinct.add(name.toLowerCase(Locale.ROOT)), "a name is there twice: " + name);
        }
    }

    /** The class path finds the provider, and not only the module path. */
    @Test
    default void provider_servicesFile_namesIt() {
        Class<?> type = provider().getClass();

        assertTrue(
                ServicesFiles.entries(type, CredentialProvider.class).contains(type.getName()),
                "META-INF/services/" + CredentialProvider.class.getName() + " does not name " + type.getName());
    }

    /** Making credentials that are not used costs nothing. */
    @Test
    default void create_doesNoIoAndStartsNoThread() {
        ForbiddenTransport transport = new ForbiddenTransport();
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        TokenCredential credential = provider().create(context().transport(transport));

        Set<Thread> after = new HashSet<>(Thread.getAllStackTraces().keySet());
        after.removeAll(before);
        after.removeIf(thread -> {
            ThreadGroup group = thread.getThreadGroup();
            return group == null || group.getName().equals("system"); // the JVM's own
        });
        credential.close();
        assertEquals(0, transport.calls(), "create must do no I/O");
        assertEquals(Set.of(), after, "create must start no thread");
    }

    /** Two chains do not share a credential behind their backs. */
    @Test
    default void create_twice_givesTwoCredentials() {
        CredentialProvider provider = provider();
        TestContext context = context();
        try (TokenCredential one = provider.create(context);
                TokenCredential other = provider.create(context)) {
            assertNotSame(one, other);
        }
    }

    /** Everything ambient comes from the context: the class files of provider and credential name no other way. */
    @Test
    default void create_readsNothingAmbient() {
        CredentialProvider provider = provider();
        try (TokenCredential credential = provider.create(context())) {
            assertEquals(Set.of(), AmbientCalls.of(provider.getClass()), "calls in the provider's class");
            assertEquals(Set.of(), AmbientCalls.of(credential.getClass()), "calls in the credential's class");
        }
    }

    /** Logs and error texts may show a credential. */
    @Test
    default void credential_toString_hidesSecrets() {
        try (TokenCredential credential = provider().create(context())) {
            for (String secret : secrets()) {
                assertFalse(credential.toString().contains(secret), "toString() shows a secret");
            }
        }
    }

    /** A chain may close what the application closes too. */
    @Test
    default void close_twice_isAllowed() {
        TokenCredential credential = provider().create(context());
        credential.close();
        credential.close();
    }
}
