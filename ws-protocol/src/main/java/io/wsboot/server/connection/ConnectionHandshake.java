package io.wsboot.server.connection;

import java.net.InetSocketAddress;
import java.security.Principal;

import io.wsboot.EndpointOptions;
import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.HandshakeDecision.Refuse;
import io.wsboot.Headers;
import io.wsboot.protocol.Agreement;
import io.wsboot.protocol.ProtocolLimits;
import io.wsboot.server.handshake.HandshakeLink;
import io.wsboot.server.session.OpenPhase;
import io.wsboot.server.session.SessionLink;
import org.jspecify.annotations.Nullable;

/**
 * The opening handshake of a connection that the server's own listener has accepted.
 *
 * @param connection the connection
 */
record ConnectionHandshake(Connection connection) implements HandshakeLink {

	@Override
	public SessionLink session() {
		return this.connection.link();
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
	public boolean hidesClient() {
		return this.connection.transport().hidesClient();
	}

	@Override
	public @Nullable Principal peer() {
		return this.connection.transport().peer();
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
	public Agreement accept(Accept decision, EndpointOptions options, ProtocolLimits limits, OpenPhase session) {
		this.connection.inbound().keepHead();
		return this.connection.protocol().request().accept(decision, options, limits, session);
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
	public void opened(OpenPhase session) {
		this.connection.lifecycle().opened(session);
	}

	@Override
	public void end() {
		this.connection.endOutput();
	}

}
