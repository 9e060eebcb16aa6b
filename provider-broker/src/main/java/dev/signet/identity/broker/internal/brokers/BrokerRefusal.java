// SPDX-License-Identifier: MIT
package dev.signet.identity.broker.internal.brokers;

/**
 * Why a broker gave no token.
 *
 * @param status the number, which all brokers of Microsoft share
 * @param context the broker's own words; possibly empty
 * @param correlationId under which it can be found in the broker's log
 */
record BrokerRefusal(int status, String context, String correlationId) {}
