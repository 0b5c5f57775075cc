package dev.wattle.host.wasi;

import dev.wattle.wit.WitValue;

/// `wasi:http/types.error-code`, as far as the host makes or reads it.
final class HttpErrorCodes {
    static final WitValue REQUEST_DENIED = WitValue.variant("HTTP-request-denied");

    private HttpErrorCodes() {}

    /// `HTTP-request-body-size` or `HTTP-response-body-size`.
    static WitValue bodySize(String message, long bytes) {
        return WitValue.variant("HTTP-" + message + "-body-size", WitValue.some(WitValue.of(bytes)));
    }

    /// The status that stands for an error code which a handler answered with: the one that HTTP has for it,
    /// else 502 and 504 when another server is to blame, else 500.
    static int status(String code) {
        return switch (code) {
            case "HTTP-request-URI-invalid" -> 400;
            case "HTTP-request-denied" -> 403;
            case "HTTP-request-method-invalid" -> 405;
            case "HTTP-request-length-required" -> 411;
            case "HTTP-request-body-size" -> 413;
            case "HTTP-request-URI-too-long" -> 414;
            case "HTTP-request-header-section-size",
                    "HTTP-request-header-size",
                    "HTTP-request-trailer-section-size",
                    "HTTP-request-trailer-size" -> 431;
            case "DNS-timeout",
                    "connection-timeout",
                    "connection-read-timeout",
                    "connection-write-timeout",
                    "HTTP-response-timeout" -> 504;
            case "DNS-error",
                    "destination-not-found",
                    "destination-unavailable",
                    "destination-IP-prohibited",
                    "destination-IP-unroutable",
                    "connection-refused",
                    "connection-terminated",
                    "connection-limit-reached",
                    "TLS-protocol-error",
                    "TLS-certificate-error",
                    "TLS-alert-received",
                    "HTTP-response-incomplete",
                    "HTTP-response-header-section-size",
                    "HTTP-response-header-size",
                    "HTTP-response-body-size",
                    "HTTP-response-trailer-section-size",
                    "HTTP-response-trailer-size",
                    "HTTP-response-transfer-coding",
                    "HTTP-response-content-coding",
                    "HTTP-upgrade-failed",
                    "HTTP-protocol-error" -> 502;
            case "loop-detected" -> 508;
            default -> 500; // configuration-error, internal-error
        };
    }
}
