package io.wsboot.server.connection;

import java.net.InetSocketAddress;
import java.security.Principal;

import io.wsboot.HandshakeDecision.Refuse;
import io.wsboot.HandshakeRequest;
import io.wsboot.Headers;
import io.wsboot.server.admission.ForwardedClient;
import io.wsboot.server.admission.TrustedProxies;
import io.wsboot.server.handshake.AcceptedHandshake;
import io.wsboot.server.handshake.HandshakeLink;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.session.OpenPhase;
import io.wsboot.server.spi.UpgradeRequest;
import org.jspecify.annotations.Nullable;

/**
 * The opening handshake of a connection that the server's own listener has accepted.
 *
 * @param connection the connection
 */
record ConnectionHandshake(Connection connection) implements HandshakeLink {

	@Override
	public EventLoop loop() {
		return this.connection.loop();
	}

	@Override
	public void execute(Runnable task) {
		this.connection.execute(task);
	}

	@Override
	public void abandon() {
		this.connection.link().abandon();
	}

	@Override
	public long since() {
		return this.connection.timer().since();
	}

	@Override
	public boolean isGone() {
		return this.connection.isGone();
	}

	@Override
	public @Nullable InetSocketAddress remoteAddress() {
		return this.connection.remoteAddress();
	}

	@Override
	public ForwardedClient client(HandshakeRequest request, TrustedProxies proxies) {
		return this.connection.transport().hidesClient() ? new ForwardedClient(remoteAddress(), null)
				: ForwardedClient.of(remoteAddress(), request.headers(), proxies);
	}

	@Override
	public @Nullable Principal peer() {
		return this.connection.transport().peer();
	}

	@Override
	public @Nullable UpgradeRequest upgrade() {
		return null;
	}

	@Override
	public boolean beginAnswer() {
		return this.connection.beginBatch();
	}

	@Override
	public void endAnswer(boolean begun) {
		this.connection.endBatch(begun);
	}

	@Override
	public void accept(AcceptedHandshake accepted) {
		OpenPhase session = accepted.session(this.connection.link());
		this.connection.inbound().keepHead(this.connection.protocol().held());
		this.connection.lifecycle()
			.opened(session,
					this.connection.protocol()
						.request()
						.accept(accepted.decision(), accepted.options(), accepted.limits(), session));
	}

	@Override
	public void refuse(Refuse decision) {
		this.connection.protocol().request().refuse(decision);
	}

	@Override
	public void answer(int status, Headers fields) {
		this.connection.protocol().request().answer(status, fields);
	}

	@Override
	public void begin(AcceptedHandshake accepted) {
		this.connection.lifecycle().begin(accepted.decision().expiry());
	}

	@Override
	public void end() {
		this.connection.endOutput();
	}

}
