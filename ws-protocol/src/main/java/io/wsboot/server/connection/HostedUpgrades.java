package io.wsboot.server.connection;

import java.util.List;
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

	/** The number of the loop that gets the next request. */
	private final AtomicInteger next = new AtomicInteger();

	public HostedUpgrades(ServerContext server, List<EventLoop> loops) {
		this.server = server;
		this.loops = loops;
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
		return new HostedHandshake(loop, this.server, request, endpoint).judge().minimalCompletionStage();
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
