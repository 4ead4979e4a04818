package io.wsboot.server;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.security.Principal;

import io.wsboot.CloseStatus;
import io.wsboot.protocol.ServerProtocol;
import io.wsboot.server.Intake.Pause;
import org.jspecify.annotations.Nullable;

/**
 * One socket on its event loop: moves bytes between it and the protocol, minds the
 * deadlines, and ends both halves in order. Knows nothing of what the bytes mean, which
 * is the {@link Conversation}'s. Everything runs on the loop; other threads come in by
 * {@link EventLoop#execute}.
 */
final class Connection implements Runnable {

	private static final System.Logger LOGGER = System.getLogger("io.wsboot.server");

	private final EventLoop loop;

	private final Transport transport;

	private final InetSocketAddress remoteAddress;

	private final ServerContext server;

	private final Conversation conversation;

	private final Intake intake;

	private final Outbound outbound;

	private final OutboundSignals signals;

	private final ConnectionTimer timer;

	private final SocketInterest interest;

	private boolean inputEnded;

	private boolean outputEnds;

	private boolean outputEnded;

	private boolean gone;

	Connection(EventLoop loop, SocketChannel channel, ServerContext server) throws IOException {
		this.loop = loop;
		this.server = server;
		this.remoteAddress = (InetSocketAddress) channel.getRemoteAddress();
		this.signals = new OutboundSignals(this);
		this.transport = Transport.of(channel, this.remoteAddress, loop, server, this::readAgain);
		this.outbound = new Outbound(this.transport, loop, this.signals, server.options().outbound(), server.frames());
		this.conversation = new Conversation(this, server);
		this.intake = new Intake(new ServerProtocol(server.protocolLimits(), loop.memory().scratch(),
				server.compressionOffer(), this.conversation));
		this.interest = new SocketInterest(loop.register(channel, this));
		this.timer = new ConnectionTimer(this, server);
	}

	ServerContext server() {
		return this.server;
	}

	EventLoop loop() {
		return this.loop;
	}

	InetSocketAddress remoteAddress() {
		return this.remoteAddress;
	}

	/** Who the peer has proved to be before it said a word; null if nobody. */
	@Nullable Principal peer() {
		return this.transport.peer();
	}

	ServerProtocol protocol() {
		return this.intake.protocol();
	}

	Outbound outbound() {
		return this.outbound;
	}

	ConnectionTimer timer() {
		return this.timer;
	}

	OutboundSignals signals() {
		return this.signals;
	}

	Conversation conversation() {
		return this.conversation;
	}

	boolean isGone() {
		return this.gone;
	}

	@Override
	public void run() {
		int ready = this.interest.ready();
		if ((ready & SelectionKey.OP_WRITE) != 0) {
			this.interest.unblock();
			this.timer.flowing();
			this.outbound.writable();
			updateInterest();
		}
		if ((ready & SelectionKey.OP_READ) != 0) {
			read();
		}
	}

	private void read() {
		try {
			boolean more = true;
			while (more && !this.gone) {
				ByteBuffer in = this.loop.memory().in(protocol().expected());
				int count = this.transport.read(in);
				if (count < 0) {
					endInput();
					return;
				}
				this.timer.heard();
				if (count > 0) {
					receive(in.flip());
				}
				if (!this.gone && !this.transport.flush()) {
					blocked();
				}
				more = this.transport.hasMore() && wantsInput();
			}
			updateInterest();
		}
		catch (IOException ex) {
			this.signals.failed(ex);
		}
		catch (RuntimeException | Error ex) {
			drop(); // a fault of ours, and nobody knows how far it has come
			throw ex;
		}
	}

	private void receive(ByteBuffer in) {
		boolean turn = beginTurn();
		try {
			this.intake.receive(in);
		}
		finally {
			endTurn(turn);
		}
	}

	/** There may be something to read that the socket does not tell of. */
	private void readAgain() {
		if (!this.gone && wantsInput()) {
			read();
		}
	}

	/** Begins something that may send several times, all of which leaves together. */
	boolean beginTurn() {
		return this.outbound.beginTurn(this.loop.memory().out());
	}

	/** Ends it, after what was kept aside has had its chance. */
	void endTurn(boolean turn) {
		this.intake.receiveAside();
		if (turn) {
			this.outbound.endTurn();
		}
		updateInterest();
	}

	/** Reads no more messages until {@link #resume}. */
	void pause(Pause why) {
		this.intake.pause(why);
		updateInterest();
	}

	void resume(Pause why) {
		if (!this.gone && this.intake.resume(why)) {
			this.timer.heard();
			endTurn(beginTurn());
		}
	}

	/** Whether it is our own doing that the peer is not heard. */
	boolean isPaused() {
		return this.intake.isPaused();
	}

	private boolean wantsInput() {
		return !this.inputEnded && this.intake.isWanted();
	}

	private void updateInterest() {
		if (!this.gone && this.interest.update(wantsInput() && !this.transport.isBusy()) && this.transport.hasMore()) {
			this.loop.execute(this::readAgain);
		}
	}

	void moveTo(Selector selector) throws IOException {
		this.interest.moveTo(selector, this);
	}

	/** Begins the closing handshake. */
	void close(CloseStatus status, boolean urgent) {
		if (protocol().mayClose()) {
			protocol().close(status, urgent);
			this.conversation.closing(status);
			closing();
		}
	}

	/** From here on only the close timeout counts. */
	private void closing() {
		this.timer.closing();
		if (this.intake.isHolding()) {
			// later: this may be the middle of another connection's callback
			this.loop.execute(() -> endTurn(beginTurn()));
		}
		updateInterest();
	}

	/** All has been sent that will be: our half ends behind it, when it is written. */
	void endOutput() {
		if (!this.outputEnds && !this.gone) {
			this.outputEnds = true;
			closing();
			this.outbound.finish();
		}
	}

	void outputWritten() {
		this.outputEnded = true;
		if (this.inputEnded) {
			drop();
			return;
		}
		try {
			if (!this.transport.endOutput()) {
				blocked();
			}
		}
		catch (IOException ex) {
			drop(); // reset by the peer, and nothing was left to do with it
		}
	}

	private void endInput() {
		this.inputEnded = true;
		protocol().endOfInput();
		if (this.outputEnds && !this.outputEnded) {
			updateInterest();
		}
		else {
			drop();
		}
	}

	/** Lets go of the socket. */
	void drop() {
		if (this.gone) {
			return;
		}
		this.gone = true;
		this.timer.end();
		this.intake.end();
		protocol().endOfInput();
		this.conversation.gone();
		this.outbound.discard();
		this.server.capacity().removeSocket();
		try {
			this.transport.close();
		}
		catch (IOException ex) {
			LOGGER.log(Level.DEBUG, "socket failed to close", ex);
		}
	}

	/** The socket takes no more bytes. */
	void blocked() {
		if (this.interest.block()) {
			this.timer.stalled();
			updateInterest();
		}
	}

}
