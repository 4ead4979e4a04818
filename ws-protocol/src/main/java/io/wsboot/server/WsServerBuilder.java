package io.wsboot.server;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.wsboot.EndpointOptions;
import io.wsboot.PayloadConverter;
import io.wsboot.WsHandler;

/**
 * Builds a {@link WsServer}.
 */
public final class WsServerBuilder {

	WsServerBuilder() {
	}

	public WsServerBuilder port(int port) {
		throw new UnsupportedOperationException();
	}

	public WsServerBuilder options(WsServerOptions options) {
		throw new UnsupportedOperationException();
	}

	public WsServerBuilder options(Consumer<WsServerOptionsBuilder> change) {
		throw new UnsupportedOperationException();
	}

	public WsServerBuilder handler(String path, WsHandler handler) {
		throw new UnsupportedOperationException();
	}

	/** IllegalArgumentException on a bad path or one that another endpoint has. */
	public WsServerBuilder handler(String path, WsHandler handler, EndpointOptions options) {
		throw new UnsupportedOperationException();
	}

	/**
	 * For Execution.WORKER; not shut down by the server. Default: a pool of the server's
	 * own.
	 */
	public WsServerBuilder executor(Executor executor) {
		throw new UnsupportedOperationException();
	}

	public WsServerBuilder converter(PayloadConverter converter) {
		throw new UnsupportedOperationException();
	}

	public WsServerBuilder observer(WsServerObserver observer) {
		throw new UnsupportedOperationException();
	}

	/**
	 * @throws PortInUseException (io.wsboot.server, unchecked, has port()) if the port is
	 * taken; UncheckedIOException else
	 */
	public WsServer start() {
		throw new UnsupportedOperationException();
	}

}
