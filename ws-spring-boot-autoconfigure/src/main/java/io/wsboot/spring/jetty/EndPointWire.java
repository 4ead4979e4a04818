package io.wsboot.spring.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import io.wsboot.server.spi.Upgrade;
import io.wsboot.server.spi.Wire;
import io.wsboot.server.spi.WireEvents;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection.SslEndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.jspecify.annotations.Nullable;

/**
 * A wire over any end point of Jetty's. Jetty keeps the connection, and counts it, until
 * the server closes the wire.
 */
final class EndPointWire extends AbstractConnection implements Connection.UpgradeTo, Wire {

	private final Upgrade upgrade;

	private final EndPointOutput output;

	/** Called by Jetty's selector, as the server's events never block. */
	private final Callback fillable = Callback.from(InvocationType.NON_BLOCKING, () -> tell(SelectionKey.OP_READ),
			(cause) -> gone());

	/** Complete as soon as the server has adopted the wire. */
	private final CompletableFuture<WireEvents> events = new CompletableFuture<>();

	private ByteBuffer received = ByteBuffer.allocate(0);

	/**
	 * Creates a wire that the server has not adopted.
	 * @param endPoint the end point
	 * @param connector the connector that has accepted the connection
	 * @param upgrade the upgrade
	 */
	EndPointWire(EndPoint endPoint, Connector connector, Upgrade upgrade) {
		super(endPoint, connector.getExecutor());
		this.upgrade = upgrade;
		this.output = new EndPointOutput(endPoint, () -> tell(SelectionKey.OP_WRITE), this::gone);
		connector.getEventListeners().forEach(this::addEventListener);
	}

	@Override
	public void onUpgradeTo(ByteBuffer buffer) {
		this.received = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
	}

	@Override
	public void onOpen() {
		super.onOpen();
		getEndPoint().setIdleTimeout(0);
		this.events.complete(this.upgrade.adopt(this, this.received));
		this.received = ByteBuffer.allocate(0);
	}

	@Override
	public void onFillable() {
		tell(SelectionKey.OP_READ);
	}

	@Override
	public boolean onIdleExpired(TimeoutException timeout) {
		return false; // Jetty sets a timeout again when connections are short
	}

	@Override
	public void onClose(@Nullable Throwable cause) {
		super.onClose(cause);
		this.upgrade.abandon(); // does nothing if the server has adopted the wire
		gone();
	}

	private void tell(int operations) {
		WireEvents now = this.events.getNow(null);
		if (now != null) {
			now.ready(operations);
		}
		else {
			this.events.thenAccept((later) -> later.ready(operations));
		}
	}

	private void gone() {
		this.events.thenAccept(WireEvents::gone);
	}

	@Override
	public int read(ByteBuffer into) throws IOException {
		ByteBuffer free = into.slice().limit(0); // Jetty fills behind the limit
		int count = getEndPoint().fill(free);
		into.position(into.position() + Math.max(0, count));
		return count;
	}

	/** A plain end point reads into the buffer that it is given, and holds nothing. */
	@Override
	public int held() {
		return (getEndPoint() instanceof SslEndPoint inside
				&& inside.getSslConnection() instanceof DetachableSslConnection tls) ? tls.held() : 0;
	}

	@Override
	public int write(ByteBuffer from) throws IOException {
		return this.output.write(from);
	}

	@Override
	public boolean flush() {
		return this.output.isFlushed();
	}

	@Override
	public void watch(int operations) {
		if ((operations & SelectionKey.OP_READ) != 0) {
			getEndPoint().tryFillInterested(this.fillable);
		}
		if ((operations & SelectionKey.OP_WRITE) != 0) {
			this.output.watch();
		}
	}

	@Override
	public void endOutput() {
		this.output.end();
	}

	@Override
	public void close() {
		getEndPoint().close();
	}

}
