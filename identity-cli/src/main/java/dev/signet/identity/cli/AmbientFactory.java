// SPDX-License-Identifier: MIT
package dev.signet.identity.cli;

import picocli.CommandLine;

/** Makes the commands with what they read and write. */
final class AmbientFactory implements CommandLine.IFactory {
    private final Ambient ambient;

    AmbientFactory(Ambient ambient) {
        this.ambient = ambient;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        Object command = null;
        if (type == TokenCommand.class) {
            command = new TokenCommand(ambient);
        } else if (type == DoctorCommand.class) {
            command = new DoctorCommand(ambient);
        } else if (type == ProvidersCommand.class) {
            command = new ProvidersCommand(ambient);
        } else if (type == EmulatorCommand.class) {
            command = new EmulatorCommand(ambient);
        } else if (type == DemoCommand.class) {
            command = new DemoCommand(ambient);
        } else if (type == ExecCommand.class) {
            command = new ExecCommand(ambient);
        } else if (type == ExecCredentialCommand.class) {
            command = new ExecCredentialCommand(ambient);
        } else if (type == GitCredentialCommand.class) {
            command = new GitCredentialCommand(ambient);
        }
        return command == null ? CommandLine.defaultFactory().create(type) : type.cast(command);
    }
}
