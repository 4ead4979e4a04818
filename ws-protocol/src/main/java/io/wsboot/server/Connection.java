package io.wsboot.server;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.EnumSet;
import java.util.Set;

import io.wsboot.CloseStatus;
import io.wsboot.protocol.ServerProtocol;
import io.wsboot.server.TimerWheel.Timer;
import io.wsboot.server.WsServerObserver.DropReason;
import io.wsboot.server.WsServerObserver.ErrorKind;
import org.jspecify.annotations.Nullable;

/**
 * One socket on its event loop: moves bytes between it and the protocol, minds the
 * deadlines, and ends both halves in order. Knows nothing of what the bytes mean, which
 * is the {@link Conversation}'s. Everything runs on the loop; other threads come in by
 * {@link EventLoop#execute}.
 */
final class Connection implements Runnable, Outbound.Events {

	/** Why nothing is read. */
	enum Pause {

		/** The handler has too much to do already. */
		PENDING,

		/** The peer does not take what it has asked for. */
		CONGESTED

	}

	private static final System.Logger LOGGER = System.getLogger("io.wsboot.server");

	private final EventLoop loop;

	private final SocketChannel channel;

	private final InetSocketAddress remoteAddress;

	private final ServerContext server;

	private final ServerProtocol protocol;

	private final Conversation conversation;

	private final Outbound outbound;

	private final Deadlines deadlines;

	private final Timer timer = new Timer(this::deadline);

	private final Set<Pause> pauses = EnumSet.noneOf(Pause.class);

	private final SelectionKey key;

	private int interest = SelectionKey.OP_READ;

	/** What was read but cannot be looked at yet; null most of the time. */
	private @Nullable ByteBuffer unread;

	private boolean receiving;

	private boolean blocked;

	private boolean inputEnded;

	private boolean outputEnds;

	private boolean outputEnded;

	private boolean gone;

	/** On the loop. */
	Connection(EventLoop loop, SocketChannel channel, ServerContext server) throws IOException {
		this.loop = loop;
		this.channel = channel;
		this.server = server;
		this.remoteAddress = (InetSocketAddress) channel.getRemoteAddress();
		this.outbound = new Outbound(channel, loop, this, server.options().outbound(), server.frames());
		this.deadlines = new Deadlines(server.options(), loop.now());
		this.conversation = new Conversation(this, server);
		this.protocol = new ServerProtocol(server.protocolLimits(), loop.scratch(), this.conversation);
		this.key = loop.register(channel, this);
		schedule();
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

	Deadlines deadlines() {
		return this.deadlines;
	}

	boolean isGone() {
		return this.gone;
	}

	/** The socket is ready. */
	@Override
	public void run() {
		int ready = this.key.isValid() ? this.key.readyOps() : 0;
		if ((ready & SelectionKey.OP_WRITE) != 0) {
			this.blocked = false;
			this.deadlines.flowing();
			this.outbound.writable();
			updateInterest();
		}
		if ((ready & SelectionKey.OP_READ) != 0) {
			read();
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
			failed(ex);
			return;
		}
		this.deadlines.heard(this.loop.now());
		turn(() -> receive(in.flip()));
	}

	/** Does something that may send several times, so that all of it leaves together. */
	void turn(Runnable work) {
		boolean turn = this.outbound.beginTurn(this.loop.out());
		work.run();
		if (turn) {
			this.outbound.endTurn();
		}
		updateInterest();
	}

	private void receive(ByteBuffer in) {
		this.receiving = true;
		do {
			this.protocol.receive(in);
		}
		while (in.hasRemaining() && this.protocol.reads());
		this.receiving = false;
		if (in.hasRemaining() && in != this.unread) {
			this.unread = ByteBuffer.allocate(in.remaining()).order(ByteOrder.LITTLE_ENDIAN).put(in).flip();
		}
	}

	/** Goes on where reading has stopped. */
	void receiveUnread() {
		ByteBuffer unread = this.unread;
		if (unread != null && !this.receiving && this.protocol.reads()) {
			receive(unread);
			if (!unread.hasRemaining()) {
				this.unread = null;
			}
		}
	}

	/** Reads no more messages until {@link #resume}. */
	void pause(Pause why) {
		this.pauses.add(why);
		this.protocol.pause();
		updateInterest();
	}

	void resume(Pause why) {
		if (this.pauses.remove(why) && this.pauses.isEmpty() && !this.gone) {
			this.deadlines.heard(this.loop.now());
			this.protocol.resume();
			turn(this::receiveUnread);
		}
	}

	private void updateInterest() {
		if (this.gone) {
			return;
		}
		boolean reads = !this.inputEnded && this.unread == null && this.protocol.reads();
		int wanted = (reads ? SelectionKey.OP_READ : 0) | (this.blocked ? SelectionKey.OP_WRITE : 0);
		if (wanted != this.interest) {
			this.interest = wanted;
			this.key.interestOps(wanted);
		}
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
		this.deadlines.closing(this.loop.now());
		schedule();
	}

	/**
	 * All has been sent that will be: our half ends behind it, and the peer may take its
	 * time to read it.
	 */
	void endOutput() {
		if (!this.outputEnds && !this.gone) {
			this.outputEnds = true;
			closing();
			this.outbound.finish();
		}
	}

	@Override
	public void finished() {
		onLoop(() -> {
			this.outputEnded = true;
			if (this.inputEnded) {
				drop();
				return;
			}
			try {
				this.channel.shutdownOutput();
			}
			catch (IOException ex) {
				drop(); // the peer has reset the connection, and nothing was left to do
						// with it
			}
		});
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

	/** Lets go of the socket at once. */
	void drop() {
		if (this.gone) {
			return;
		}
		this.gone = true;
		this.loop.timers().cancel(this.timer);
		this.unread = null;
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

	private void schedule() {
		long next = this.deadlines.next();
		if (next == Long.MAX_VALUE) {
			this.loop.timers().cancel(this.timer);
		}
		else {
			this.loop.timers().schedule(this.timer, next);
		}
	}

	private void deadline() {
		if (this.gone) {
			return;
		}
		if (!this.pauses.isEmpty()) {
			this.deadlines.heard(this.loop.now()); // a silence of our own making
		}
		switch (this.deadlines.due(this.loop.now())) {
			case NOTHING -> schedule();
			case PING -> {
				this.conversation.ping();
				schedule();
			}
			case IDLE -> close(CloseStatus.GOING_AWAY.withReason("idle"), false);
			case LIFETIME -> close(CloseStatus.GOING_AWAY.withReason("session too old"), false);
			case HANDSHAKE, PONG, STALL, CLOSE -> {
				this.server.observer().error(ErrorKind.TIMEOUT);
				this.conversation.timedOut();
				drop();
			}
		}
	}

	@Override
	public void blocked() {
		onLoop(() -> {
			this.blocked = true;
			this.deadlines.stalled(this.loop.now());
			updateInterest();
			schedule();
		});
	}

	@Override
	public void congested() {
		OverflowPolicy policy = this.server.options().outbound().overflow();
		if (policy == OverflowPolicy.CLOSE || policy == OverflowPolicy.BLOCK) {
			onLoop(() -> pause(Pause.CONGESTED));
		}
	}

	@Override
	public void drained() {
		onLoop(() -> {
			resume(Pause.CONGESTED);
			this.conversation.drained();
		});
	}

	@Override
	public void dropped(DropReason reason, int messages) {
		this.server.observer().dropped(reason, messages);
		onLoop(() -> this.conversation.dropped(messages));
	}

	@Override
	public void failed(IOException cause) {
		onLoop(() -> {
			if (!this.gone) {
				this.server.observer().error(ErrorKind.IO);
				drop();
			}
		});
	}

	private void onLoop(Runnable task) {
		if (this.loop.isCurrent()) {
			task.run();
		}
		else {
			this.loop.execute(() -> {
				if (!this.gone) {
					task.run();
				}
			});
		}
	}

}
