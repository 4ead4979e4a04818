package io.wsboot.spring.tomcat;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;

import javax.net.ssl.SSLEngine;

import org.apache.catalina.connector.RequestFacade;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.NioEndpoint.Poller;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SSLUtil;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Knows what this package uses of Tomcat beyond the servlet API, and whether Tomcat has
 * it. Everything but one field is public, though internal to Tomcat.
 */
final class TomcatInternals {

	private static final Lookup LOOKUP = MethodHandles.lookup();

	private TomcatInternals() {
	}

	/** What the wire needs and Tomcat has not; null if nothing is missing. */
	static @Nullable String missingForWire() {
		return missing(() -> {
			method(RequestFacade.class, "upgrade", jakarta.servlet.http.HttpUpgradeHandler.class, Class.class);
			method(InternalHttpUpgradeHandler.class, "upgradeDispatch", SocketState.class, SocketEvent.class);
			method(InternalHttpUpgradeHandler.class, "setSocketWrapper", void.class, SocketWrapperBase.class);
			Class<?> connection = SocketWrapperBase.class;
			method(connection, "getSocketBufferHandler", SocketBufferHandler.class);
			method(connection, "read", int.class, boolean.class, ByteBuffer.class);
			method(connection, "write", void.class, boolean.class, ByteBuffer.class);
			method(connection, "flush", boolean.class, boolean.class);
			method(connection, "canWrite", boolean.class);
			method(connection, "registerReadInterest", void.class);
			method(connection, "registerWriteInterest", void.class);
			method(connection, "getLock", ReentrantLock.class);
			method(connection, "getError", IOException.class);
			method(connection, "getSslSupport", SSLSupport.class);
			method(connection, "isClosed", boolean.class);
			method(connection, "close", void.class);
			Class<?> buffers = SocketBufferHandler.class;
			method(buffers, "isReadBufferEmpty", boolean.class);
			method(buffers, "configureReadBufferForRead", void.class);
			method(buffers, "getReadBuffer", ByteBuffer.class);
			method(buffers, "getWriteBuffer", ByteBuffer.class);
		});
	}

	/** What taking sockets over needs and Tomcat has not; null if nothing is missing. */
	static @Nullable String missingForTakeOver() {
		return missing(() -> {
			method(NioSocketWrapper.class, "getSocket", Object.class);
			method(NioSocketWrapper.class, "getPoller", Poller.class);
			method(NioSocketWrapper.class, "hasDataToWrite", boolean.class);
			method(Poller.class, "getSelector", Selector.class);
			method(NioChannel.class, "getIOChannel", SocketChannel.class);
			method(NioChannel.class, "getOutboundRemaining", int.class);
			method(NioChannel.class, "reset", void.class, SocketChannel.class, NioSocketWrapper.class);
			method(SecureNioChannel.class, "getSslEngine", SSLEngine.class);
			LOOKUP.accessClass(SSLUtil.ProtocolInfo.class);
			sealedField();
		});
	}

	private static @Nullable String missing(Check check) {
		try {
			check.run();
			return null;
		}
		catch (ReflectiveOperationException | LinkageError ex) {
			return ex.toString();
		}
	}

	private static void method(Class<?> type, String name, Class<?> result, Class<?>... parameters)
			throws ReflectiveOperationException {
		LOOKUP.findVirtual(type, name, MethodType.methodType(result, parameters));
	}

	/**
	 * The records that have been read and not decrypted: the bytes before the position.
	 */
	static ByteBuffer sealed(SecureNioChannel channel) {
		return (ByteBuffer) SealedRecords.FIELD.get(channel);
	}

	private static VarHandle sealedField() throws ReflectiveOperationException {
		return MethodHandles.privateLookupIn(SecureNioChannel.class, LOOKUP)
			.findVarHandle(SecureNioChannel.class, "netInBuffer", ByteBuffer.class);
	}

	/** Found when a socket inside TLS is first taken over. */
	private static final class SealedRecords {

		private static final VarHandle FIELD;

		static {
			try {
				FIELD = sealedField();
			}
			catch (ReflectiveOperationException ex) {
				throw new ExceptionInInitializerError(ex);
			}
		}

	}

	/** Throws if something is missing. */
	@FunctionalInterface
	private interface Check {

		void run() throws ReflectiveOperationException;

	}

}
