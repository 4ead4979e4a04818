package io.wsboot.spring.tomcat;

import java.io.IOException;

import io.wsboot.server.spi.Upgrade;
import jakarta.servlet.http.WebConnection;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * What Tomcat calls behind the 101. Tomcat makes an object per connection, and has sent
 * the answer, blocking, before the first dispatch:
 *
 * <pre>
 *           first dispatch, socket taken over
 *  EXPECTED ---------------------------------&gt; FORGOTTEN   Tomcat recycles what it keeps
 *     |  |
 *     |  |  first dispatch, else                destroy()
 *     |  +---------------------------&gt; WIRED --------------&gt; GONE
 *     |
 *     +-- destroy() without a dispatch --------------------&gt; ABANDONED   the room is given back
 * </pre>
 *
 * Tomcat calls {@code destroy()} alone if the 101 cannot be sent, a filter throws behind
 * the upgrade, or the connector is paused ({@code Http11Processor.service} returns
 * {@code CLOSED}). Public, with a public constructor, as Tomcat demands
 * ({@code Request.upgrade}).
 */
public final class UpgradedConnection implements InternalHttpUpgradeHandler {

	/** Null until {@link #expect}. */
	private @Nullable Upgrade upgrade;

	private boolean takeOver;

	/** Null until {@link #expect}. */
	private @Nullable OpenWires wires;

	/** Null until Tomcat has sent the 101. */
	private @Nullable SocketWrapperBase<?> socket;

	/** Null unless Tomcat keeps the socket. */
	private @Nullable TomcatWire wire;

	/** For Tomcat. */
	public UpgradedConnection() {
	}

	/** The answer is about to be sent. */
	void expect(Upgrade upgrade, boolean takeOver, OpenWires wires) {
		this.upgrade = upgrade;
		this.takeOver = takeOver;
		this.wires = wires;
	}

	@Override
	public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
		this.socket = wrapper;
	}

	@Override
	public void init(WebConnection connection) {
	}

	@Override
	public SocketState upgradeDispatch(SocketEvent event) {
		if (this.wire != null) {
			return this.wire.dispatch(event);
		}
		if (event != SocketEvent.OPEN_READ || this.upgrade == null || this.wires == null || this.socket == null) {
			return SocketState.CLOSED;
		}
		try {
			if (this.takeOver && SocketTakeOver.of(this.socket, this.upgrade)) {
				return SocketState.CLOSED;
			}
		}
		catch (IOException ex) {
			return SocketState.CLOSED; // closed by Tomcat, as it stops
		}
		this.wire = new TomcatWire(this.socket, this.wires);
		this.wire.begin(this.upgrade);
		return SocketState.SUSPENDED;
	}

	@Override
	public void destroy() {
		if (this.wire != null) {
			this.wire.gone();
		}
		else if (this.upgrade != null) {
			this.upgrade.abandon(); // does nothing behind a take-over
		}
	}

	@Override
	public void timeoutAsync(long now) {
	}

	@Override
	public void setSslSupport(SSLSupport sslSupport) {
	}

	@Override
	public void pause() {
	}

}
