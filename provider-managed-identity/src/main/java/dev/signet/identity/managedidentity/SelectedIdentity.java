// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.ManagedIdentityId;
import dev.signet.identity.core.FormBody;
import java.util.Locale;

/** Which identity of the host is meant, and whether code said so or the environment did. */
final class SelectedIdentity {
    /** The host's own identity. */
    static final SelectedIdentity NONE = new SelectedIdentity(Kind.NONE, "", false);

    /** The ways in which an identity is named. */
    enum Kind {
        NONE("the host's own identity"),
        CLIENT("the identity named by client id"),
        OBJECT("the identity named by object id"),
        RESOURCE("the identity named by resource id");

        final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    private final Kind kind;
    private final String value;
    private final boolean setInCode;

    private SelectedIdentity(Kind kind, String value, boolean setInCode) {
        this.kind = kind;
        this.value = value;
        this.setInCode = setInCode;
    }

    static SelectedIdentity inCode(ManagedIdentityId id) {
        if (id instanceof ManagedIdentityId.ClientId client) {
            return new SelectedIdentity(Kind.CLIENT, client.value(), true);
        }
        if (id instanceof ManagedIdentityId.ObjectId object) {
            return new SelectedIdentity(Kind.OBJECT, object.value(), true);
        }
        if (id instanceof ManagedIdentityId.ResourceId resource) {
            return new SelectedIdentity(Kind.RESOURCE, resource.value(), true);
        }
        return NONE;
    }

    static SelectedIdentity clientIdFromEnvironment(String clientId) {
        return new SelectedIdentity(Kind.CLIENT, clientId, false);
    }

    Kind kind() {
        return kind;
    }

    String value() {
        return value;
    }

    boolean setInCode() {
        return setInCode;
    }

    /** Adds the parameter that names the identity, under the source's spelling; nothing for the host's own. */
    void addTo(FormBody parameters, String clientName, String objectName, String resourceName) {
        if (kind == Kind.CLIENT) {
            parameters.add(clientName, value);
        } else if (kind == Kind.OBJECT) {
            parameters.add(objectName, value);
        } else if (kind == Kind.RESOURCE) {
            parameters.add(resourceName, value);
        }
    }

    /** Equal for identities that get equal tokens. */
    String key() {
        return kind.name() + ' ' + value.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return kind.words;
    }
}
