// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

/** Cloud Shell: a form with a resource gives a token of the signed-in user. */
final class CloudShellProtocol implements EndpointServer.Protocol {
    static final String PATH = "/oauth2/token";

    private final Host host;

    CloudShellProtocol(Host host) {
        this.host = host;
    }

    @Override
    public void check(RecordedRequest request, RequestCheck check) {
        check.method("POST", PATH)
                .header("Metadata", "true")
                .query()
                .form("resource")
                .present("form", request.form(), "resource");
    }

    @Override
    public Reply answer(RecordedRequest request) {
        String resource = request.form("resource").orElse("");
        if (!request.method().equals("POST")) {
            return ErrorShapes.nested(405, "MethodNotAllowed", "Use POST");
        }
        if (!request.path().equals(PATH)) {
            return ErrorShapes.nested(404, "NotFound", "No such path");
        }
        if (!request.header("Metadata").orElse("").equals("true")) {
            return ErrorShapes.nested(400, "BadRequest", "Required metadata header not specified");
        }
        if (resource.isBlank() || !host.knows(resource)) {
            return ErrorShapes.nested(400, "AudienceNotSupported", "Audience " + resource + " is not supported");
        }
        return Reply.token(host.userToken(resource));
    }
}
