// SPDX-License-Identifier: MIT
package dev.signet.identity.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a chain must know of a provider before it makes an instance: its name, where it belongs and when it is tried.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ProviderInfo {
    /**
     * The name of the credential, by which it is selected, excluded and reported; by convention its class name.
     * Compared without case; the suffix {@code Credential} may be left out when selecting.
     *
     * @return letters and digits
     */
    String name();

    /**
     * Other names by which it can be selected or excluded.
     *
     * @return none unless given
     */
    String[] aliases() default {};

    /**
     * Where the credential is at home.
     *
     * @return the category
     */
    Category category();

    /**
     * When it is tried: lower is earlier, ties by name. The project's own are spaced by 100 from 100 to 1000.
     *
     * @return the priority
     */
    int order();
}
