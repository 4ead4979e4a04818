package io.wsboot.server.session;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.wsboot.CloseStatus;
import io.wsboot.protocol.Scratch;
import io.wsboot.protocol.ServerProtocol;
import io.wsboot.protocol.outgoing.DataFrames;
import io.wsboot.server.inbound.Pause;
import io.wsboot.server.loop.EventLoop;
import io.wsboot.server.loop.NanoClock;
import io.wsboot.server.outbound.Outbound;
import io.wsboot.server.outbound.OutboundListener;
import io.wsboot.server.outbound.OutboundWatermarks;
import io.wsboot.server.outbound.WriteOnly;
import io.wsboot.server.spi.WsServerObserver.DropReason;
import io.wsboot.server.spi.Carrier;

/**
 * A connection without a socket: a test hands in the bytes of the peer, and takes out the
 * bytes for the peer. The loop has no socket either, and does one {@link #step} at a
 * time.
 */
final class InMemoryLink implements SessionLink, OutboundListener, AutoCloseable {

	private final EventLoop loop = new EventLoop(0, NanoClock.SYSTEM);

	private final ByteArrayOutputStream written = new ByteArrayOutputStream();

	private final ServerProtocol protocol = new ServerProtocol(new Scratch(4096));

	private final long since = NanoClock.SYSTEM.nanoTime();

	private final Outbound outbound;

	private String end = "open";

	InMemoryLink(OutboundWatermarks watermarks, DataFrames frames) {
		this.outbound = new Outbound(new WriteOnly(Channels.newChannel(this.written)), this.loop, this, watermarks,
				frames);
		this.loop.start();
	}

	/** Does something on the loop as one batch, and waits for the end of the batch. */
	void step(Runnable work) {
		CompletableFuture.runAsync(() -> {
			this.outbound.beginBatch(ByteBuffer.allocate(1024));
			work.run();
			this.outbound.endBatch();
		}, this.loop::execute).orTimeout(10, TimeUnit.SECONDS).join();
	}

	/** Receives bytes from the peer, and returns the bytes that are sent meanwhile. */
	String receive(byte[] bytes) {
		step(() -> this.protocol.receive(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)));
		String sent = HexFormat.of().withUpperCase().formatHex(this.written.toByteArray());
		this.written.reset();
		return sent;
	}

	ServerProtocol protocol() {
		return this.protocol;
	}

	/** How the session has ended; "open" while it has not. */
	String end() {
		return this.end;
	}

	@Override
	public EventLoop loop() {
		return this.loop;
	}

	@Override
	public void execute(Runnable task) {
		this.loop.execute(task);
	}

	@Override
	public Outbound outbound() {
		return this.outbound;
	}

	@Override
	public void close(CloseStatus status, boolean urgent) {
		this.protocol.close(status, urgent);
	}

	@Override
	public void closeDelayed() {
	}

	@Override
	public void answered() {
		this.protocol.end();
	}

	@Override
	public void ended(boolean inOrder) {
		this.end = inOrder ? "in order" : "lost";
	}

	@Override
	public void fail(CloseStatus status) {
		this.protocol.fail(status);
	}

	@Override
	public long since() {
		return this.since;
	}

	@Override
	public long heardAt() {
		return this.since;
	}

	@Override
	public boolean isCongested() {
		return false;
	}

	@Override
	public boolean isPaused(Pause why) {
		return false;
	}

	@Override
	public void pause(Pause why) {
		throw new AssertionError("paused: " + why);
	}

	@Override
	public void resume(Pause why) {
		throw new AssertionError("resumed: " + why);
	}

	@Override
	public void abandon() {
		throw new AssertionError("abandoned");
	}

	@Override
	public void blocked() {
		throw new AssertionError("blocked");
	}

	@Override
	public void queued(long change) {
	}

	@Override
	public void congested() {
		throw new AssertionError("congested");
	}

	@Override
	public void drained() {
	}

	@Override
	public void dropped(DropReason reason, int messages) {
		throw new AssertionError("dropped: " + reason);
	}

	@Override
	public void overflowed() {
		throw new AssertionError("overflowed");
	}

	@Override
	public void finished() {
	}

	@Override
	public void failed(Throwable cause) {
		throw new AssertionError(cause);
	}

	@Override
	public void close() {
		this.loop.stop();
	}

	@Override
	public Carrier carrier() {
		return Carrier.LISTENER;
	}

}
