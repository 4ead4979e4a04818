package io.wsboot.server.connection;

import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

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
import io.wsboot.server.spi.WsServerObserver.Limit;
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

	/** Told once, when the handshake has been refused or has become a connection. */
	private final Consumer<HostedHandshake> over;

	private final HandshakePhase phase;

	/** Fires when the endpoint has not decided in time. */
	private final Timer late;

	/** What the host is told. */
	private Upgrade answer = FAILED;

	/** The accepted upgrade; null if there is none. */
	private @Nullable HostedUpgrade accepted;

	/**
	 * A handshake that has not been judged.
	 * @param endpoint the endpoint that the host has routed to; null if the server routes
	 * @param over told once, on any thread, when the handshake has been refused or has
	 * become a connection
	 */
	HostedHandshake(EventLoop loop, ServerContext server, UpgradeRequest request, @Nullable EndpointSessions endpoint,
			Consumer<HostedHandshake> over) {
		this.loop = loop;
		this.server = server;
		this.request = request;
		this.endpoint = endpoint;
		this.over = over;
		this.hosted = HostedRequest.of(request.method(), request.protocol(), request.handshake());
		this.since = server.clock().nanoTime();
		this.phase = new HandshakePhase(this, server.handshakes(),
				new UnfinishedHandshake(IpAddress.of(remoteAddress()), loop::execute));
		this.late = Timer.of(() -> guarded(this.phase::late));
	}

	/** Has the request judged. Any thread. */
	CompletionStage<Upgrade> judge() {
		execute(this::begin);
		// begin() may run at the same time, but accepts nothing, as the server drains
		if (this.loop.hasEnded()) {
			this.over.accept(this);
			this.judged.complete(STOPPED);
		}
		return this.judged.minimalCompletionStage();
	}

	private void begin() {
		boolean room = this.server.capacity().addHostedSocket();
		this.loop.timers().schedule(this.late, this.since + this.server.handshakes().timeout());
		Refuse fault = room ? this.hosted.fault() : this.phase.limited(Limit.CONNECTIONS, 503);
		if (this.endpoint == null) {
			this.phase.route(this.request.handshake(), fault);
		}
		else {
			this.phase.request(this.endpoint, this.request.handshake(), fault);
		}
	}

	/** Runs a step; if the step throws, the handshake is refused with 500. */
	private void guarded(Runnable step) {
		try {
			step.run();
		}
		catch (Throwable ex) {
			LOG.log(Level.ERROR, "a handshake failed", ex);
			end(FAILED);
		}
	}

	/** Ends the handshake, unless the host has been answered and has come back. */
	private void end(Upgrade why) {
		if (this.accepted != null) {
			this.accepted.abandon();
			tell(why);
		}
		else if (!this.judged.isDone()) {
			this.answer = why;
			try {
				this.phase.gone();
			}
			finally {
				end();
			}
		}
	}

	/** Ends the handshake, as the server stops. Any thread. */
	void stop() {
		this.loop.execute(() -> end(STOPPED));
	}

	private void tell(Upgrade judgement) {
		this.loop.timers().cancel(this.late);
		this.judged.complete(judgement);
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
		try {
			this.loop.execute(() -> end(FAILED));
		}
		catch (Throwable ex) {
			// no memory is left: the timer refuses the handshake
		}
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
		this.accepted = new HostedUpgrade(this.loop, this.server, accepted, agreement, fields,
				() -> this.over.accept(this));
	}

	@Override
	public void begin(AcceptedHandshake accepted) {
		if (this.accepted != null) {
			this.accepted.expect();
			tell(this.accepted);
		}
	}

	@Override
	public void refuse(Refuse decision) {
		this.answer = new RefusedUpgrade(decision.status(), this.hosted.refuse(decision));
	}

	@Override
	public void answer(int status, Headers fields) {
		throw new IllegalStateException("a host answers its own health probes");
	}

	@Override
	public void end() {
		this.over.accept(this);
		this.server.capacity().removeSocket();
		tell(this.answer);
	}

}
