package io.wsboot.server.connection;

import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.concurrent.CompletableFuture;

import io.wsboot.HandshakeDecision.Refuse;
import io.wsboot.HandshakeRequest;
import io.wsboot.Headers;
import io.wsboot.protocol.Agreement;
import io.wsboot.protocol.HostedRequest;
import io.wsboot.server.address.IpAddress;
import io.wsboot.server.admission.ForwardedClient;
import io.wsboot.server.admission.TrustedProxies;
import io.wsboot.server.admission.UnfinishedHandshake;
import io.wsboot.server.handshake.AcceptedHandshake;
import io.wsboot.server.handshake.HandshakeLink;
import io.wsboot.server.handshake.HandshakePhase;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.loop.Log;
import io.wsboot.server.loop.TimerWheel.Timer;
import io.wsboot.server.session.EndpointSessions;
import io.wsboot.server.spi.Upgrade;
import io.wsboot.server.spi.UpgradeRequest;
import org.jspecify.annotations.Nullable;

/**
 * The opening handshake of a request that another server has read. A loop judges the
 * request, and will serve the session if there is one. The loop owns the fields that are
 * not final, and calls all methods that do not say otherwise.
 */
final class HostedHandshake implements HandshakeLink {

	private static final Log LOG = new Log();

	/** The answers when judging is impossible. */
	private static final Upgrade STOPPED = new RefusedUpgrade(503, Headers.empty()),
			FAILED = new RefusedUpgrade(500, Headers.empty());

	private final EventLoop loop;

	private final ServerContext server;

	private final UpgradeRequest request;

	/** The endpoint that the host has routed to; null if the server routes. */
	private final @Nullable EndpointSessions endpoint;

	private final HostedRequest hosted;

	private final long since;

	private final CompletableFuture<Upgrade> judged = new CompletableFuture<>();

	private final HandshakePhase phase;

	/** Fires when the endpoint has not decided in time. */
	private final Timer late;

	/** The accepted upgrade that has not been told to the host; null if there is none. */
	private @Nullable HostedUpgrade accepted;

	HostedHandshake(EventLoop loop, ServerContext server, UpgradeRequest request, @Nullable EndpointSessions endpoint) {
		this.loop = loop;
		this.server = server;
		this.request = request;
		this.endpoint = endpoint;
		this.hosted = HostedRequest.of(request.method(), request.protocol(), request.handshake());
		this.since = server.clock().nanoTime();
		this.phase = new HandshakePhase(this, server.handshakes(),
				new UnfinishedHandshake(IpAddress.of(remoteAddress()), loop::execute));
		this.late = Timer.of(() -> guarded(this.phase::late));
	}

	/** Has the request judged. Any thread. */
	CompletableFuture<Upgrade> judge() {
		execute(this::begin);
		if (this.loop.hasEnded()) {
			this.judged.complete(STOPPED);
		}
		return this.judged;
	}

	private void begin() {
		if (!this.server.capacity().addHostedSocket()) {
			this.judged.complete(STOPPED);
			return;
		}
		this.loop.timers().schedule(this.late, this.loop.now() + this.server.handshakes().timeout());
		if (this.endpoint == null) {
			this.phase.route(this.request.handshake(), this.hosted.fault());
		}
		else {
			this.phase.request(this.endpoint, this.request.handshake(), this.hosted.fault());
		}
	}

	/** Runs a step; if the step throws, the handshake is refused with 500. */
	private void guarded(Runnable step) {
		try {
			step.run();
		}
		catch (Throwable ex) {
			LOG.log(Level.ERROR, "a handshake failed", ex);
			fail();
		}
	}

	private void fail() {
		if (!this.judged.isDone()) {
			this.phase.gone();
			ended();
			if (this.accepted != null) {
				this.accepted.abandon();
			}
			else {
				this.server.capacity().removeSocket();
			}
			this.judged.complete(FAILED);
		}
	}

	private void ended() {
		this.loop.timers().cancel(this.late);
	}

	@Override
	public EventLoop loop() {
		return this.loop;
	}

	@Override
	public void execute(Runnable task) {
		this.loop.execute(() -> guarded(task));
	}

	@Override
	public void abandon() {
		this.loop.execute(this::fail);
	}

	@Override
	public long since() {
		return this.since;
	}

	@Override
	public boolean isGone() {
		return this.judged.isDone();
	}

	@Override
	public @Nullable InetSocketAddress remoteAddress() {
		return this.request.handshake().remoteAddress();
	}

	@Override
	public ForwardedClient client(HandshakeRequest request, TrustedProxies proxies) {
		return new ForwardedClient(remoteAddress(), this.request.host());
	}

	@Override
	public @Nullable Principal peer() {
		return this.request.principal();
	}

	@Override
	public UpgradeRequest upgrade() {
		return this.request;
	}

	@Override
	public boolean beginAnswer() {
		return false;
	}

	@Override
	public void endAnswer(boolean begun) {
	}

	@Override
	public void accept(AcceptedHandshake accepted) {
		Agreement agreement = this.hosted.agree(accepted.decision(), accepted.options().subprotocols(),
				this.server.compressionOffer());
		Headers fields = this.hosted.accept(agreement, accepted.decision());
		this.accepted = new HostedUpgrade(this.loop, this.server, accepted, agreement, fields);
	}

	@Override
	public void begin(AcceptedHandshake accepted) {
		ended();
		if (this.accepted != null) {
			this.accepted.expect();
			this.judged.complete(this.accepted);
		}
	}

	@Override
	public void refuse(Refuse decision) {
		Headers fields = this.hosted.refuse(decision);
		ended();
		this.server.capacity().removeSocket();
		this.judged.complete(new RefusedUpgrade(decision.status(), fields));
	}

	@Override
	public void answer(int status, Headers fields) {
		throw new IllegalStateException("a host answers its own health probes");
	}

	@Override
	public void end() {
	}

}
