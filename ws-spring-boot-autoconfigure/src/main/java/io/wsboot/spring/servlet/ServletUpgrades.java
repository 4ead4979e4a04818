package io.wsboot.spring.servlet;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.wsboot.Headers;
import io.wsboot.server.spi.Upgrade;
import io.wsboot.server.spi.UpgradeRequest;
import io.wsboot.server.spi.Upgrades;
import io.wsboot.server.spi.Upgrades.HostEndpoint;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Has requests of a servlet container judged by the server, and answers them: a refusal
 * as the server's own listener would, an accepted request through the container's
 * {@link ServletHandOver}. Any thread of the container's, which waits for the judgement.
 */
public final class ServletUpgrades {

	/** What a judgement may take beyond the handshake timeout. */
	private static final Duration GRACE = Duration.ofSeconds(1);

	private static final Headers TRY_LATER = Headers.empty().with("Retry-After", "5");

	private static final Log logger = LogFactory.getLog(ServletUpgrades.class);

	private final Supplier<? extends @Nullable Upgrades> server;

	private final Supplier<ServletHandOver> handOver;

	private final RequestCopy copy;

	private final Duration timeout;

	/**
	 * Creates the door to the server.
	 * @param server returns the server's upgrades; null if the container's port is not
	 * shared
	 * @param handOver returns what hands connections of the container over; called for
	 * accepted requests only
	 * @param copy makes requests as the server sees them
	 * @param handshakeTimeout how long the server takes to judge at most
	 */
	public ServletUpgrades(Supplier<? extends @Nullable Upgrades> server, Supplier<ServletHandOver> handOver,
			RequestCopy copy, Duration handshakeTimeout) {
		this.server = server;
		this.handOver = handOver;
		this.copy = copy;
		this.timeout = handshakeTimeout.plus(GRACE);
	}

	/**
	 * Finds the endpoint that serves a path.
	 * @param path the path behind context path and servlet mapping, not decoded
	 * @return the endpoint's path as it was registered; empty if no endpoint matches, or
	 * if the container's port is not shared
	 */
	public Optional<String> find(String path) {
		Upgrades upgrades = this.server.get();
		return (upgrades != null) ? upgrades.find(path) : Optional.empty();
	}

	/**
	 * Tells whether the server serves requests of the container's port.
	 * @return false if {@link #upgrade} refuses every request
	 */
	public boolean isShared() {
		return this.server.get() != null;
	}

	/**
	 * Copies a request.
	 * @param request the request
	 * @param path the path as the server is to see it, not decoded
	 * @return the copy, with everything that the container knows of the client
	 */
	public UpgradeRequest copy(HttpServletRequest request, String path) {
		return this.copy.of(request, path);
	}

	/**
	 * Has a request judged, and answers the request.
	 * @param request the request
	 * @param response the response, not committed
	 * @param upgrade the request as the server is to see it, see {@link #copy}
	 * @param endpoint the endpoint that the caller has routed to; null if the server
	 * routes
	 * @return whether the request was accepted
	 * @throws IOException if the answer cannot be written, or the container cannot hand
	 * the connection over
	 * @throws ServletException if the container cannot hand the connection over
	 */
	public boolean upgrade(HttpServletRequest request, HttpServletResponse response, UpgradeRequest upgrade,
			@Nullable HostEndpoint endpoint) throws IOException, ServletException {
		Upgrade judged = judge(upgrade, endpoint);
		if (judged == null) {
			Refusal.write(response, 503, TRY_LATER);
			return false;
		}
		if (!judged.isAccepted()) {
			Refusal.write(response, judged.status(), judged.headers());
			return false;
		}
		try {
			this.handOver.get().accept(judged, request, response);
			return true;
		}
		catch (UnsupportedOperationException ex) {
			judged.abandon();
			logger.debug("No upgrade of a connection that a proxy may have made", ex);
			response.reset();
			Refusal.write(response, 501, Headers.empty());
			return false;
		}
		catch (IOException | ServletException | RuntimeException | Error ex) {
			judged.abandon();
			throw ex;
		}
	}

	/** Waits for the judgement; null if there is none in time, or no server. */
	private @Nullable Upgrade judge(UpgradeRequest request, @Nullable HostEndpoint endpoint) {
		Upgrades upgrades = this.server.get();
		if (upgrades == null) {
			return null;
		}
		CompletionStage<Upgrade> judging = (endpoint != null) ? upgrades.judge(request, endpoint)
				: upgrades.judge(request);
		try {
			return judging.toCompletableFuture().get(this.timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) { // an event loop is stuck
			logger.warn("No answer to a handshake for " + request.handshake().path() + " within " + this.timeout);
		}
		catch (InterruptedException ex) { // the container stops
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("a handshake could not be judged", ex.getCause());
		}
		judging.thenAccept(Upgrade::abandon);
		return null;
	}

}
