/** An application that needs a token and nothing else. */
module dev.signet.examples.slim {
    requires dev.signet.identity;
    requires dev.signet.identity.chain;
    requires static org.jspecify;
}
