/**
 * Classes that break the architecture rules on purpose, in packages that mirror the project's: this package stands for
 * the API, the ones below it for the modules of the same name, {@code alpha} and {@code beta} for families.
 */
package dev.signet.identity.chain.modules.violations;
