package io.wsboot.spring.tomcat;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import javax.net.ssl.SSLEngine;

import jakarta.servlet.http.HttpUpgradeHandler;
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

	/** The field of {@code SecureNioChannel} that {@link #sealed} reads. */
	static final String SEALED = "netInBuffer";

	private static final Lookup LOOKUP = MethodHandles.lookup();

	private TomcatInternals() {
	}

	/** What the wire needs and Tomcat has not; null if nothing is missing. */
	static @Nullable String missingForWire() {
		return missing(() -> find(forWire()));
	}

	/** What taking sockets over needs and Tomcat has not; null if nothing is missing. */
	static @Nullable String missingForTakeOver() {
		return missing(() -> {
			find(forTakeOver());
			LOOKUP.accessClass(SSLUtil.ProtocolInfo.class);
			sealedField();
		});
	}

	/** The methods that the wire calls. Fails to link if a class is missing. */
	static List<Required> forWire() {
		Class<?> connection = SocketWrapperBase.class;
		Class<?> buffers = SocketBufferHandler.class;
		return List.of(new Required(RequestFacade.class, "upgrade", HttpUpgradeHandler.class, Class.class),
				new Required(InternalHttpUpgradeHandler.class, "upgradeDispatch", SocketState.class, SocketEvent.class),
				new Required(InternalHttpUpgradeHandler.class, "setSocketWrapper", void.class, SocketWrapperBase.class),
				new Required(connection, "getSocketBufferHandler", SocketBufferHandler.class),
				new Required(connection, "read", int.class, boolean.class, ByteBuffer.class),
				new Required(connection, "write", void.class, boolean.class, ByteBuffer.class),
				new Required(connection, "flush", boolean.class, boolean.class),
				new Required(connection, "canWrite", boolean.class),
				new Required(connection, "registerReadInterest", void.class),
				new Required(connection, "registerWriteInterest", void.class),
				new Required(connection, "getLock", ReentrantLock.class),
				new Required(connection, "getError", IOException.class),
				new Required(connection, "getSslSupport", SSLSupport.class),
				new Required(connection, "getLocalPort", int.class),
				new Required(connection, "getLocalAddr", String.class),
				new Required(connection, "isClosed", boolean.class), new Required(connection, "close", void.class),
				new Required(buffers, "isReadBufferEmpty", boolean.class),
				new Required(buffers, "configureReadBufferForRead", void.class),
				new Required(buffers, "getReadBuffer", ByteBuffer.class),
				new Required(buffers, "getWriteBuffer", ByteBuffer.class));
	}

	/** The methods that a take-over calls. Fails to link if a class is missing. */
	static List<Required> forTakeOver() {
		return List.of(new Required(NioSocketWrapper.class, "getSocket", Object.class),
				new Required(NioSocketWrapper.class, "getPoller", Poller.class),
				new Required(NioSocketWrapper.class, "hasDataToWrite", boolean.class),
				new Required(Poller.class, "getSelector", Selector.class),
				new Required(NioChannel.class, "getIOChannel", SocketChannel.class),
				new Required(NioChannel.class, "getOutboundRemaining", int.class),
				new Required(NioChannel.class, "reset", void.class, SocketChannel.class, NioSocketWrapper.class),
				new Required(SecureNioChannel.class, "getSslEngine", SSLEngine.class));
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

	private static void find(List<Required> methods) throws ReflectiveOperationException {
		for (Required method : methods) {
			LOOKUP.findVirtual(method.type(), method.name(),
					MethodType.methodType(method.result(), method.parameters()));
		}
	}

	/**
	 * The records that have been read and not decrypted: the bytes before the position.
	 */
	static ByteBuffer sealed(SecureNioChannel channel) {
		return (ByteBuffer) SealedRecords.FIELD.get(channel);
	}

	private static VarHandle sealedField() throws ReflectiveOperationException {
		return MethodHandles.privateLookupIn(SecureNioChannel.class, LOOKUP)
			.findVarHandle(SecureNioChannel.class, SEALED, ByteBuffer.class);
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

	/**
	 * A method that Tomcat must have.
	 *
	 * @param type the class that has or inherits the method
	 * @param name the method's name
	 * @param result the erased type of the result
	 * @param parameters the erased types of the parameters
	 */
	record Required(Class<?> type, String name, Class<?> result, Class<?>... parameters) {

	}

	/** Throws if something is missing. */
	@FunctionalInterface
	private interface Check {

		void run() throws ReflectiveOperationException;

	}

}
