package io.wsboot.spring.autoconfigure.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;

import io.wsboot.server.spi.Upgrade;
import io.wsboot.server.spi.Wire;
import io.wsboot.server.spi.WireEvents;
import io.wsboot.spring.servlet.ServletHandOver;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.WebConnection;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.WebServer;

/** The plainest way to hand over connections of Tomcat: Tomcat keeps the socket. */
final class TomcatWireHandOver implements ServletHandOver {

	@Override
	public boolean supports(WebServer server) {
		return server instanceof TomcatWebServer;
	}

	@Override
	public void accept(Upgrade upgrade, HttpServletRequest request, HttpServletResponse response)
			throws IOException, ServletException {
		upgrade.headers().fields().forEach((field) -> response.addHeader(field.name(), field.value()));
		request.upgrade(Handler.class).upgrade = upgrade;
	}

	/** Made by Tomcat. */
	public static final class Handler implements InternalHttpUpgradeHandler, Wire {

		private @Nullable Upgrade upgrade;

		private @Nullable SocketWrapperBase<?> socket;

		private @Nullable WireEvents events;

		@Override
		public void setSocketWrapper(SocketWrapperBase<?> socket) {
			this.socket = socket;
		}

		@Override
		public void init(WebConnection connection) {
		}

		@Override
		public SocketState upgradeDispatch(SocketEvent status) {
			if (this.events == null) {
				this.events = this.upgrade.adopt(this, ByteBuffer.allocate(0));
				this.events.ready(SelectionKey.OP_READ);
				return SocketState.SUSPENDED;
			}
			switch (status) {
				case OPEN_READ -> this.events.ready(SelectionKey.OP_READ);
				case OPEN_WRITE -> this.events.ready(SelectionKey.OP_WRITE);
				default -> {
					return SocketState.CLOSED;
				}
			}
			return SocketState.SUSPENDED;
		}

		@Override
		public int read(ByteBuffer into) throws IOException {
			int limit = into.limit();
			try {
				return this.socket.read(false, into);
			}
			finally {
				into.limit(limit);
			}
		}

		@Override
		public int write(ByteBuffer from) throws IOException {
			int count = from.remaining();
			this.socket.write(false, from);
			return count;
		}

		@Override
		public boolean flush() throws IOException {
			return !this.socket.flush(false);
		}

		@Override
		public void watch(int operations) {
			if ((operations & SelectionKey.OP_READ) != 0) {
				this.socket.registerReadInterest();
			}
			if ((operations & SelectionKey.OP_WRITE) != 0) {
				this.socket.registerWriteInterest();
			}
		}

		@Override
		public void endOutput() {
		}

		@Override
		public void close() {
			this.socket.close();
		}

		@Override
		public void destroy() {
			if (this.events != null) {
				this.events.gone();
			}
			else if (this.upgrade != null) {
				this.upgrade.abandon();
			}
		}

		@Override
		public void timeoutAsync(long now) {
		}

		@Override
		public void setSslSupport(SSLSupport ssl) {
		}

		@Override
		public void pause() {
		}

	}

}
