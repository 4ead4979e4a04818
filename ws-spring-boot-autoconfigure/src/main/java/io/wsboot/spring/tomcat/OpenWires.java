package io.wsboot.spring.tomcat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.wsboot.server.spi.WireEvents;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;
import org.apache.catalina.LifecycleListener;
import org.apache.catalina.Service;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * The open wires, and the connectors to which they belong. A connector that stops closes
 * its connections without a word to the peers, and up to Tomcat 11.0.22 without a word to
 * {@link UpgradedConnection} either. Hence the sessions over a connector end in two
 * steps:
 * <ol>
 * <li>Before the connector stops, all sessions begin their closing handshake with 1001.
 * The stop waits for them, but not for ever.
 * <li>Behind the stop, the server is told that the wires which are left are gone.
 * </ol>
 * Any thread may call all methods.
 */
final class OpenWires implements LifecycleListener {

	/** The interval between two looks at the wires of a connector that stops. */
	private static final long POLL_MILLIS = 5;

	private final Map<WireEvents, Connector> open = new ConcurrentHashMap<>();

	/** The connectors that tell of their stop. */
	private final Set<Connector> heard = ConcurrentHashMap.newKeySet();

	/** How long the stop of a connector waits for its sessions. */
	private final Duration patience;

	/** Null until {@link #of}. */
	private volatile @Nullable Service service;

	OpenWires(Duration patience) {
		this.patience = patience;
	}

	/** The wires are those of a service's connectors, which may not be there yet. */
	void of(Service service) {
		this.service = service;
	}

	/**
	 * The server has adopted a wire.
	 * @param events tells the server of the wire
	 * @param connection the connection of the wire
	 */
	void add(WireEvents events, SocketWrapperBase<?> connection) {
		Connector connector = connectorOf(connection);
		if (connector == null) {
			return;
		}
		if (this.heard.add(connector)) {
			connector.addLifecycleListener(this);
		}
		this.open.put(events, connector);
		if (!connector.getState().isAvailable()) {
			events.gone(); // the connector has begun to stop before
		}
	}

	/** A wire has been closed. */
	void remove(WireEvents events) {
		this.open.remove(events);
	}

	/**
	 * The connector of a connection: that with the port and, as connectors with several
	 * addresses may have the same port, the address; null if there is none. Over a
	 * Unix-domain socket, the port of a connection is 0, and that of the connector -1.
	 */
	private @Nullable Connector connectorOf(SocketWrapperBase<?> connection) {
		Service service = this.service;
		if (service == null) {
			return null;
		}
		int port = connection.getLocalPort();
		List<Connector> connectors = Stream.of(service.findConnectors())
			.filter((connector) -> Math.max(0, connector.getLocalPort()) == port)
			.toList();
		return connectors.stream()
			.filter((connector) -> connectors.size() == 1 || isBoundTo(connector, connection.getLocalAddr()))
			.findFirst()
			.orElse(null);
	}

	private static boolean isBoundTo(Connector connector, String address) {
		return connector.getProperty("address") instanceof InetAddress bound && bound.getHostAddress().equals(address);
	}

	@Override
	public void lifecycleEvent(LifecycleEvent event) {
		if (!(event.getLifecycle() instanceof Connector connector)) {
			return;
		}
		switch (event.getType()) {
			case Lifecycle.BEFORE_STOP_EVENT -> {
				of(connector).forEach(WireEvents::goingAway);
				awaitEnd(connector);
			}
			case Lifecycle.AFTER_STOP_EVENT -> of(connector).forEach(WireEvents::gone);
			case Lifecycle.AFTER_DESTROY_EVENT -> this.heard.remove(connector);
			default -> {
			}
		}
	}

	private List<WireEvents> of(Connector connector) {
		return this.open.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() == connector)
			.map(Map.Entry::getKey)
			.toList();
	}

	private void awaitEnd(Connector connector) {
		long deadline = System.nanoTime() + this.patience.toNanos();
		try {
			while (this.open.containsValue(connector) && System.nanoTime() - deadline < 0) {
				TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
