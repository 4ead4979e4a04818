package io.wsboot.server;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

import io.wsboot.CloseStatus;
import io.wsboot.protocol.ServerProtocol;
import io.wsboot.server.Deadlines.Due;
import io.wsboot.server.Intake.Pause;
import io.wsboot.server.WsServerObserver.ErrorKind;
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

	private final SocketChannel channel;

	private final InetSocketAddress remoteAddress;

	private final ServerContext server;

	private final ServerProtocol protocol;

	private final Conversation conversation;

	private final Intake intake;

	private final Outbound outbound;

	private final OutboundSignals signals;

	private final ConnectionTimer timer;

	private SelectionKey key;

	private int interest = SelectionKey.OP_READ;

	private boolean blocked;

	private boolean inputEnded;

	private boolean outputEnds;

	private boolean outputEnded;

	private boolean gone;

	Connection(EventLoop loop, SocketChannel channel, ServerContext server) throws IOException {
		this.loop = loop;
		this.channel = channel;
		this.server = server;
		this.remoteAddress = (InetSocketAddress) channel.getRemoteAddress();
		this.signals = new OutboundSignals(this, loop, server);
		this.outbound = new Outbound(channel, loop, this.signals, server.options().outbound(), server.frames());
		this.conversation = new Conversation(this, server);
		this.protocol = new ServerProtocol(server.protocolLimits(), loop.scratch(), server.compressionOffer(),
				this.conversation);
		this.intake = new Intake(this.protocol);
		this.key = loop.register(channel, this);
		this.timer = new ConnectionTimer(loop, server.options(), this::due);
	}

	EventLoop loop() {
		return this.loop;
	}

	InetSocketAddress remoteAddress() {
		return this.remoteAddress;
	}

	ServerProtocol protocol() {
		return this.protocol;
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

	/** Whether its handler is to make no more replies for now. Any thread. */
	boolean isCongested() {
		return this.signals.pausesWhenCongested() && this.outbound.room().isCongested();
	}

	boolean isGone() {
		return this.gone;
	}

	@Override
	public void run() {
		int ready = this.key.isValid() ? this.key.readyOps() : 0;
		if ((ready & SelectionKey.OP_WRITE) != 0) {
			this.blocked = false;
			this.timer.flowing();
			this.outbound.writable();
			updateInterest();
		}
		try {
			if ((ready & SelectionKey.OP_READ) != 0) {
				read();
			}
		}
		catch (RuntimeException | Error ex) {
			drop(); // a fault of ours, and nobody knows how far it has come
			throw ex;
		}
	}

	private void read() {
		ByteBuffer in = this.loop.in().clear();
		try {
			if (this.channel.read(in) < 0) {
				endInput();
				return;
			}
		}
		catch (IOException ex) {
			this.signals.failed(ex);
			return;
		}
		this.timer.heard();
		boolean turn = beginTurn();
		try {
			this.intake.receive(in.flip());
		}
		finally {
			endTurn(turn);
		}
	}

	/** Begins something that may send several times, all of which leaves together. */
	boolean beginTurn() {
		return this.outbound.beginTurn(this.loop.out());
	}

	/**
	 * Ends it, with what {@link #beginTurn} has returned, after what was kept aside has
	 * had its chance.
	 */
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

	private void updateInterest() {
		if (this.gone) {
			return;
		}
		int wanted = ((!this.inputEnded && this.intake.isWanted()) ? SelectionKey.OP_READ : 0)
				| (this.blocked ? SelectionKey.OP_WRITE : 0);
		if (wanted != this.interest) {
			this.interest = wanted;
			this.key.interestOps(wanted);
		}
	}

	void moveTo(Selector selector) throws IOException {
		this.key = this.channel.register(selector, this.interest, this);
	}

	/** Begins the closing handshake. */
	void close(CloseStatus status, boolean urgent) {
		if (this.protocol.isOpen()) {
			this.protocol.close(status, urgent);
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
			this.channel.shutdownOutput();
		}
		catch (IOException ex) {
			drop(); // reset by the peer, and nothing was left to do with it
		}
	}

	private void endInput() {
		this.inputEnded = true;
		this.protocol.endOfInput();
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
		this.protocol.endOfInput();
		this.conversation.gone();
		this.outbound.discard();
		this.server.capacity().removeSocket();
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			LOGGER.log(Level.DEBUG, "socket failed to close", ex);
		}
	}

	private void due(Due due) {
		if (this.intake.isPaused() && due.isAboutSilence()) {
			this.timer.heard(); // the silence is of our own making
			return;
		}
		switch (due) {
			case PING -> {
				this.timer.pinged();
				this.conversation.ping();
			}
			case IDLE -> close(CloseStatus.GOING_AWAY.withReason("idle"), false);
			case LIFETIME -> close(CloseStatus.GOING_AWAY.withReason("session too old"), false);
			default -> {
				this.server.observer().error(ErrorKind.TIMEOUT);
				this.conversation.timedOut();
				drop();
			}
		}
	}

	void blocked() {
		this.blocked = true;
		this.timer.stalled();
		updateInterest();
	}

}
