package dev.wattle.provider.http.server;

import dev.wattle.provider.api.ProviderContext;
import dev.wattle.provider.api.ProviderFactory;

/// Makes HTTP servers. Found by `ServiceLoader`.
public final class HttpServerFactory implements ProviderFactory {
    @Override
    public String name() {
        return "http-server";
    }

    @Override
    public HttpServerProvider start(ProviderContext context) {
        return HttpServerProvider.start(context);
    }
}
