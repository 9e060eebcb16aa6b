// SPDX-License-Identifier: MIT
package dev.signet.identity.chain.modules.violations;

import dev.signet.identity.chain.modules.violations.util.logging.Level;
import dev.signet.identity.spi.CredentialProvider;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.time.Instant;
import java.util.Date;
import java.util.ServiceLoader;
import java.util.function.LongSupplier;

/** Rules 10 to 12 and 14. None of this runs. */
public final class CallViolations {
    private CallViolations() {}

    public static final class ReadsVariable {
        public String path() {
            return System.getenv("PATH");
        }
    }

    public static final class ReadsProperty {
        public String home() {
            return System.getProperty("user.home");
        }
    }

    public static final class StartsProcess {
        public Process start() throws IOException {
            return new ProcessBuilder("true").start();
        }
    }

    public static final class AsksTheTime {
        public Instant time() {
            return Instant.now();
        }
    }

    public static final class RefersToTheTime {
        public LongSupplier ticker() {
            return System::nanoTime;
        }
    }

    public static final class Reflects {
        public Class<?> find() throws ClassNotFoundException {
            return Class.forName("java.lang.String");
        }
    }

    public static final class LooksUpMethods {
        public MethodHandles.Lookup lookup() {
            return MethodHandles.publicLookup();
        }
    }

    public static final class LoadsServices {
        // the chain's module declares that it uses this service
        public ServiceLoader<CredentialProvider> load() {
            return ServiceLoader.load(CredentialProvider.class);
        }
    }

    public static final class Prints {
        public void print() {
            System.out.println("printed");
        }
    }

    public static final class UsesOtherLogging {
        public String level() {
            return Level.class.getName();
        }
    }

    public static final class UsesDate {
        public Date date() {
            return new Date(0);
        }
    }

    public static final class UsesDeprecated {
        @SuppressWarnings("deprecation")
        public int year() {
            return new Date(0).getYear();
        }
    }

    public static final class Synchronizes {
        public synchronized int count() {
            return 1;
        }
    }
}
