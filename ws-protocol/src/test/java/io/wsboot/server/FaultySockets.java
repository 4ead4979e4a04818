package io.wsboot.server;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelectionKey;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.Collection;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The operating system's sockets and selectors, whose calls fail when they are told to.
 * Knows what has been opened and not closed.
 */
final class FaultySockets extends SelectorProvider {

	private final SelectorProvider real = SelectorProvider.provider();

	private final Queue<BooleanSupplier> opened = new ConcurrentLinkedQueue<>();

	private final Calls calls;

	FaultySockets(Calls calls) {
		this.calls = calls;
	}

	/** Is told before each call, and may throw instead of it. */
	@FunctionalInterface
	interface Calls {

		/**
		 * A call.
		 * @param call its name
		 * @param accepted how many sockets had been accepted before the one that it is
		 * about; -1 if it is about none
		 */
		void before(String call, int accepted) throws IOException;

	}

	/** How many sockets and selectors are open. */
	long open() {
		return this.opened.stream().filter(BooleanSupplier::getAsBoolean).count();
	}

	@Override
	public AbstractSelector openSelector() throws IOException {
		this.calls.before("open selector", -1);
		return new FaultySelector(this.real.openSelector());
	}

	@Override
	public ServerSocketChannel openServerSocketChannel() throws IOException {
		this.calls.before("open listener", -1);
		return new Listener(this.real.openServerSocketChannel());
	}

	@Override
	public ServerSocketChannel openServerSocketChannel(ProtocolFamily family) throws IOException {
		this.calls.before("open listener", -1);
		return new Listener(this.real.openServerSocketChannel(family));
	}

	@Override
	public SocketChannel openSocketChannel() {
		throw new UnsupportedOperationException();
	}

	@Override
	public DatagramChannel openDatagramChannel() {
		throw new UnsupportedOperationException();
	}

	@Override
	public DatagramChannel openDatagramChannel(ProtocolFamily family) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Pipe openPipe() {
		throw new UnsupportedOperationException();
	}

	private final class Listener extends ServerSocketChannel {

		private final ServerSocketChannel channel;

		/** Waits for a call that does not fail. */
		private @Nullable SocketChannel next;

		private int count;

		Listener(ServerSocketChannel channel) {
			super(FaultySockets.this);
			this.channel = channel;
			FaultySockets.this.opened.add(channel::isOpen);
		}

		@Override
		public SocketChannel accept() throws IOException {
			SocketChannel accepted = this.next;
			if (accepted == null) {
				accepted = this.channel.accept();
				FaultySockets.this.opened.add(accepted::isOpen);
				this.next = accepted;
			}
			FaultySockets.this.calls.before("accept", this.count);
			this.next = null;
			return new Accepted(accepted, this.count++);
		}

		@Override
		public ServerSocketChannel bind(@Nullable SocketAddress local, int backlog) throws IOException {
			FaultySockets.this.calls.before("bind", -1);
			this.channel.bind(local, backlog);
			return this;
		}

		@Override
		public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
			this.channel.setOption(name, value);
			return this;
		}

		@Override
		public <T> T getOption(SocketOption<T> name) throws IOException {
			return this.channel.getOption(name);
		}

		@Override
		public Set<SocketOption<?>> supportedOptions() {
			return this.channel.supportedOptions();
		}

		@Override
		public ServerSocket socket() {
			return this.channel.socket();
		}

		@Override
		public SocketAddress getLocalAddress() throws IOException {
			return this.channel.getLocalAddress();
		}

		@Override
		protected void implCloseSelectableChannel() throws IOException {
			this.channel.close();
			if (this.next != null) {
				this.next.close();
			}
		}

		@Override
		protected void implConfigureBlocking(boolean block) throws IOException {
			this.channel.configureBlocking(block);
		}

	}

	private final class Accepted extends SocketChannel {

		private final SocketChannel channel;

		private final int number;

		Accepted(SocketChannel channel, int number) {
			super(FaultySockets.this);
			this.channel = channel;
			this.number = number;
		}

		void before(String call) throws IOException {
			FaultySockets.this.calls.before(call, this.number);
		}

		@Override
		public int read(ByteBuffer into) throws IOException {
			before("read");
			return this.channel.read(into);
		}

		@Override
		public long read(ByteBuffer[] into, int offset, int length) throws IOException {
			before("read");
			return this.channel.read(into, offset, length);
		}

		@Override
		public int write(ByteBuffer from) throws IOException {
			before("write");
			return this.channel.write(from);
		}

		@Override
		public long write(ByteBuffer[] from, int offset, int length) throws IOException {
			before("write");
			return this.channel.write(from, offset, length);
		}

		@Override
		public SocketChannel shutdownOutput() throws IOException {
			before("shut down output");
			this.channel.shutdownOutput();
			return this;
		}

		@Override
		public SocketChannel shutdownInput() throws IOException {
			this.channel.shutdownInput();
			return this;
		}

		@Override
		public <T> SocketChannel setOption(SocketOption<T> name, T value) throws IOException {
			before("set option");
			this.channel.setOption(name, value);
			return this;
		}

		@Override
		public <T> T getOption(SocketOption<T> name) throws IOException {
			return this.channel.getOption(name);
		}

		@Override
		public Set<SocketOption<?>> supportedOptions() {
			return this.channel.supportedOptions();
		}

		@Override
		public SocketAddress getRemoteAddress() throws IOException {
			before("get remote address");
			return this.channel.getRemoteAddress();
		}

		@Override
		public SocketAddress getLocalAddress() throws IOException {
			return this.channel.getLocalAddress();
		}

		@Override
		public SocketChannel bind(@Nullable SocketAddress local) {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean connect(SocketAddress remote) {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean finishConnect() {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean isConnected() {
			return this.channel.isConnected();
		}

		@Override
		public boolean isConnectionPending() {
			return this.channel.isConnectionPending();
		}

		@Override
		public Socket socket() {
			return this.channel.socket();
		}

		@Override
		protected void implCloseSelectableChannel() throws IOException {
			this.channel.close(); // as close(2) does, whatever it returns
			before("close");
		}

		@Override
		protected void implConfigureBlocking(boolean block) throws IOException {
			before("configure blocking");
			this.channel.configureBlocking(block);
		}

	}

	private final class FaultySelector extends AbstractSelector {

		private final Selector selector;

		FaultySelector(Selector selector) {
			super(FaultySockets.this);
			this.selector = selector;
			FaultySockets.this.opened.add(selector::isOpen);
		}

		@Override
		protected SelectionKey register(AbstractSelectableChannel channel, int ops, @Nullable Object attachment) {
			Accepted accepted = (Accepted) channel;
			try {
				accepted.before("register");
				SelectionKey key = accepted.channel.register(this.selector, ops);
				FaultyKey faulty = new FaultyKey(this, accepted, key);
				faulty.attach(attachment);
				key.attach(faulty);
				return faulty;
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public int select(Consumer<SelectionKey> action, long timeout) throws IOException {
			FaultySockets.this.calls.before("select", -1);
			int count = this.selector.select((key) -> action.accept(faulty(key)), timeout);
			forgetCancelled();
			return count;
		}

		@Override
		public int selectNow(Consumer<SelectionKey> action) throws IOException {
			FaultySockets.this.calls.before("select", -1);
			int count = this.selector.selectNow((key) -> action.accept(faulty(key)));
			forgetCancelled();
			return count;
		}

		private void forgetCancelled() {
			Set<SelectionKey> cancelled = cancelledKeys();
			synchronized (cancelled) {
				cancelled.forEach((key) -> deregister((AbstractSelectionKey) key));
				cancelled.clear();
			}
		}

		private static FaultyKey faulty(SelectionKey key) {
			return (FaultyKey) Objects.requireNonNull(key.attachment());
		}

		@Override
		public Set<SelectionKey> keys() {
			Collection<SelectionKey> keys = this.selector.keys();
			return keys.stream().map(FaultySelector::faulty).collect(Collectors.toUnmodifiableSet());
		}

		@Override
		public Set<SelectionKey> selectedKeys() {
			throw new UnsupportedOperationException();
		}

		@Override
		public int selectNow() {
			throw new UnsupportedOperationException();
		}

		@Override
		public int select(long timeout) {
			throw new UnsupportedOperationException();
		}

		@Override
		public int select() {
			throw new UnsupportedOperationException();
		}

		@Override
		public Selector wakeup() {
			this.selector.wakeup();
			return this;
		}

		@Override
		protected void implCloseSelector() throws IOException {
			this.selector.close();
			FaultySockets.this.calls.before("close selector", -1);
		}

	}

	private static final class FaultyKey extends AbstractSelectionKey {

		private final FaultySelector selector;

		private final Accepted channel;

		private final SelectionKey key;

		FaultyKey(FaultySelector selector, Accepted channel, SelectionKey key) {
			this.selector = selector;
			this.channel = channel;
			this.key = key;
		}

		@Override
		public Accepted channel() {
			return this.channel;
		}

		@Override
		public Selector selector() {
			return this.selector;
		}

		@Override
		public int interestOps() {
			return this.key.interestOps();
		}

		@Override
		public SelectionKey interestOps(int ops) {
			try {
				this.channel.before("set interest");
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
			this.key.interestOps(ops);
			return this;
		}

		@Override
		public int readyOps() {
			return this.key.readyOps();
		}

	}

}
