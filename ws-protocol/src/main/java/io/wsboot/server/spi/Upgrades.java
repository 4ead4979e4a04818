package io.wsboot.server.spi;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.wsboot.EndpointOptions;
import io.wsboot.WsHandler;

/**
 * The door for other servers, <em>hosts</em>, that share their port: a host reads a
 * request, has the request judged here, sends the answer, and hands over the connection
 * behind the answer.
 *
 * <pre>
 *  host reads request --&gt; judge() --&gt; host sends {@link Upgrade#status()} and {@link Upgrade#headers()}
 *                                        |                    |
 *                                    refused:             accepted: {@link Upgrade#adopt},
 *                                    nothing more         or {@link Upgrade#abandon} if the 101 was not sent
 * </pre>
 *
 * Any thread may call all methods.
 */
public interface Upgrades {

	/**
	 * Finds the endpoint of the server that serves a path, so that a host knows whether a
	 * request is for the server at all.
	 * @param path the path behind the host's context path, not decoded, without the query
	 * @return the endpoint's path as it was registered, such as {@code /chat/{room}};
	 * empty if no endpoint matches
	 */
	Optional<String> find(String path);

	/**
	 * Judges a request for an endpoint of the server, with everything that the server's
	 * own listener applies: path, form of the handshake, origin, drain, limits,
	 * interceptors and the endpoint's handler. The host's word counts for the client's
	 * address: {@code proxies} of the server's options do not apply.
	 * @param request the request
	 * @return a stage that always yields an upgrade, within the handshake timeout. An
	 * event loop completes the stage, so that dependent actions must not block
	 */
	CompletionStage<Upgrade> judge(UpgradeRequest request);

	/**
	 * Judges a request for an endpoint that the host has routed to. The host has judged
	 * path and origin; everything else applies as in {@link #judge(UpgradeRequest)}.
	 * @param request the request
	 * @param endpoint the endpoint
	 * @return a stage that always yields an upgrade, within the handshake timeout
	 * @throws IllegalArgumentException if the endpoint is another server's
	 */
	CompletionStage<Upgrade> judge(UpgradeRequest request, HostEndpoint endpoint);

	/**
	 * Adds an endpoint that only the host routes to. The endpoint has meters, limits and
	 * sessions like any other, but no request that the server itself reads can reach the
	 * endpoint.
	 * @param path names the endpoint, in the host's own syntax
	 * @param handler handles the endpoint's sessions
	 * @param options the endpoint's options
	 * @return the endpoint
	 * @throws IllegalArgumentException if the options contradict the server's options
	 */
	HostEndpoint endpoint(String path, WsHandler handler, EndpointOptions options);

	/** An endpoint that only a host routes to. */
	interface HostEndpoint {

		/**
		 * Returns the path as it was registered.
		 * @return the path, in the host's own syntax
		 */
		String path();

		/**
		 * Removes the endpoint. New handshakes are refused with 404, and the sessions of
		 * the endpoint are closed with 1001. Repeated calls do nothing.
		 */
		void remove();

	}

}
