package io.wsboot.server.connection;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import io.wsboot.CloseStatus;
import io.wsboot.EndpointOptions;
import io.wsboot.WsHandler;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.session.EndpointSessions;
import io.wsboot.server.session.Endpoints;
import io.wsboot.server.spi.Upgrade;
import io.wsboot.server.spi.UpgradeRequest;
import io.wsboot.server.spi.Upgrades;
import org.jspecify.annotations.Nullable;

/** Distributes the requests of hosts over the event loops. */
public final class HostedUpgrades implements Upgrades {

	private final ServerContext server;

	private final List<EventLoop> loops;

	/** Handshakes without a connection, which end when the server stops. */
	private final Set<HostedHandshake> pending = ConcurrentHashMap.newKeySet();

	/** The number of the loop that gets the next request. */
	private final AtomicInteger next = new AtomicInteger();

	public HostedUpgrades(ServerContext server, List<EventLoop> loops) {
		this.server = server;
		this.loops = loops;
	}

	@Override
	public Optional<String> find(String path) {
		return Optional.ofNullable(endpoints().find(path)).map((match) -> match.target().path());
	}

	@Override
	public CompletionStage<Upgrade> judge(UpgradeRequest request) {
		return judge(request, (EndpointSessions) null);
	}

	@Override
	public CompletionStage<Upgrade> judge(UpgradeRequest request, HostEndpoint endpoint) {
		if (endpoint instanceof Added added && added.endpoints == endpoints()) {
			return judge(request, added.sessions);
		}
		throw new IllegalArgumentException("no endpoint of this server: " + endpoint.path());
	}

	private CompletionStage<Upgrade> judge(UpgradeRequest request, @Nullable EndpointSessions endpoint) {
		EventLoop loop = this.loops.get(Math.floorMod(this.next.getAndIncrement(), this.loops.size()));
		HostedHandshake handshake = new HostedHandshake(loop, this.server, request, endpoint, this.pending::remove);
		this.pending.add(handshake);
		return handshake.judge();
	}

	/**
	 * Ends all handshakes that have no connection, as the server stops. Any thread. The
	 * server must be draining, so that no further handshake gets that far.
	 */
	public void stop() {
		this.pending.forEach(HostedHandshake::stop);
	}

	@Override
	public HostEndpoint endpoint(String path, WsHandler handler, EndpointOptions options) {
		return new Added(endpoints(), endpoints().addHosted(path, handler, options));
	}

	private Endpoints endpoints() {
		return this.server.handshakes().endpoints();
	}

	/**
	 * An endpoint that only a host routes to.
	 *
	 * @param endpoints the endpoints of the server
	 * @param sessions the endpoint
	 */
	private record Added(Endpoints endpoints, EndpointSessions sessions) implements HostEndpoint {

		@Override
		public String path() {
			return this.sessions.path();
		}

		@Override
		public void remove() {
			this.endpoints.remove(this.sessions, CloseStatus.GOING_AWAY.withReason("endpoint removed"));
		}

	}

}
