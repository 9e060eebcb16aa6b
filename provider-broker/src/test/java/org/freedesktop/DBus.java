// SPDX-License-Identifier: MIT
package org.freedesktop;

import org.freedesktop.dbus.exceptions.DBusExecutionException;

/** Errors as the message bus names them: the library of the fake broker takes the name from the class. */
public final class DBus {
    private DBus() {}

    /** Errors of the bus. */
    public static final class Error {
        private Error() {}

        /**
         * An error of the bus.
         *
         * @param name the last part of its name
         */
        public static DBusExecutionException of(String name) {
            return switch (name) {
                case "UnknownObject" -> new UnknownObject();
                case "UnknownMethod" -> new UnknownMethod();
                case "ServiceUnknown" -> new ServiceUnknown();
                case "NoReply" -> new NoReply();
                case "AccessDenied" -> new AccessDenied();
                case "Failed" -> new Failed();
                case "Spawn.ChildExited" -> new Spawn.ChildExited();
                default -> new DBusExecutionException("scripted");
            };
        }

        private static final class UnknownObject extends DBusExecutionException {
            private static final long serialVersionUID = 1L;

            UnknownObject() {
                super("scripted");
            }
        }

        private static final class UnknownMethod extends DBusExecutionException {
            private static final long serialVersionUID = 1L;

            UnknownMethod() {
                super("scripted");
            }
        }

        private static final class ServiceUnknown extends DBusExecutionException {
            private static final long serialVersionUID = 1L;

            ServiceUnknown() {
                super("scripted");
            }
        }

        private static final class NoReply extends DBusExecutionException {
            private static final long serialVersionUID = 1L;

            NoReply() {
                super("scripted");
            }
        }

        private static final class AccessDenied extends DBusExecutionException {
            private static final long serialVersionUID = 1L;

            AccessDenied() {
                super("scripted");
            }
        }

        private static final class Failed extends DBusExecutionException {
            private static final long serialVersionUID = 1L;

            Failed() {
                super("scripted");
            }
        }

        private static final class Spawn {
            private static final class ChildExited extends DBusExecutionException {
                private static final long serialVersionUID = 1L;

                ChildExited() {
                    super("scripted");
                }
            }
        }
    }
}
