// SPDX-License-Identifier: MIT
package dev.signet.identity.managedidentity;

import dev.signet.identity.core.OperatingSystem;
import dev.signet.identity.spi.Environment;

/** The endpoints from which a host's identity gets tokens, and how to tell which one serves here. */
enum SourceKind {
    SERVICE_FABRIC("Service Fabric", Variables.IDENTITY_ENDPOINT),
    APP_SERVICE("App Service", Variables.IDENTITY_ENDPOINT),
    AZURE_ML("Azure Machine Learning", Variables.MSI_ENDPOINT, Variables.DEFAULT_IDENTITY_CLIENT_ID),
    CLOUD_SHELL("Cloud Shell", Variables.MSI_ENDPOINT),
    ARC("Azure Arc", Variables.IDENTITY_ENDPOINT),
    TOKEN_EXCHANGE("workload identity", Variables.AZURE_TENANT_ID, Variables.AZURE_CLIENT_ID),
    IMDS("IMDS", Variables.AZURE_POD_IDENTITY_AUTHORITY_HOST);

    final String words;
    private final String firstVariable;
    private final String secondVariable;

    SourceKind(String words, String variable) {
        this(words, variable, variable);
    }

    SourceKind(String words, String firstVariable, String secondVariable) {
        this.words = words;
        this.firstVariable = firstVariable;
        this.secondVariable = secondVariable;
    }

    /** Equal where tokens of equal identities come from the same place. */
    String key(Environment environment) {
        return name()
                + ' '
                + environment.get(firstVariable).orElse("")
                + ' '
                + environment.get(secondVariable).orElse("");
    }

    /** The source that the environment shows; a pure function of its arguments. */
    static SourceKind detect(Environment environment, SelectedIdentity identity, FileCheck files) {
        boolean endpoint = environment.has(Variables.IDENTITY_ENDPOINT);
        if (endpoint && environment.has(Variables.IDENTITY_HEADER)) {
            return environment.has(Variables.IDENTITY_SERVER_THUMBPRINT) ? SERVICE_FABRIC : APP_SERVICE;
        }
        if (environment.has(Variables.MSI_ENDPOINT)) {
            return environment.has(Variables.MSI_SECRET) ? AZURE_ML : CLOUD_SHELL;
        }
        if (endpoint && environment.has(Variables.IMDS_ENDPOINT)) {
            return ARC;
        }
        if (exchangesToken(environment, identity)) {
            return TOKEN_EXCHANGE;
        }
        return hasArcAgent(environment, files) ? ARC : IMDS;
    }

    private static boolean exchangesToken(Environment environment, SelectedIdentity identity) {
        if (!environment.has(Variables.AZURE_TENANT_ID) || !environment.has(Variables.AZURE_FEDERATED_TOKEN_FILE)) {
            return false;
        }
        return identity.kind() == SelectedIdentity.Kind.CLIENT
                || identity.kind() == SelectedIdentity.Kind.NONE && environment.has(Variables.AZURE_CLIENT_ID);
    }

    private static boolean hasArcAgent(Environment environment, FileCheck files) {
        OperatingSystem system = OperatingSystem.of(environment);
        if (system == OperatingSystem.LINUX) {
            return files.isReadableFile("/opt/azcmagent/bin/himds")
                    || files.isReadableFile("/var/opt/azcmagent/bin/himds");
        }
        if (system == OperatingSystem.WINDOWS && environment.has("ProgramFiles")) {
            String programs = environment.get("ProgramFiles").orElseThrow();
            return files.isReadableFile(programs + "\\AzureConnectedMachineAgent\\himds.exe");
        }
        return false;
    }
}
