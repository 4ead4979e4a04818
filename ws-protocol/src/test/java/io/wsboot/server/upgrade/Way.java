package io.wsboot.server.upgrade;

import java.io.IOException;
import java.util.function.Function;

import io.wsboot.server.spi.Carrier;
import io.wsboot.server.spi.Upgrade;
import io.wsboot.server.spi.Wire;

/** The ways in which a {@link Host} hands a connection over behind the 101. */
public enum Way implements Host.HandOver {

	SOCKET(Carrier.SOCKET) {

		@Override
		public void accept(Upgrade upgrade, HostConnection connection, HostPoller poller) throws IOException {
			connection.socket().configureBlocking(false);
			upgrade.adopt(connection.socket(), connection.received(), connection);
		}

	},

	TLS(Carrier.SOCKET) {

		@Override
		public void accept(Upgrade upgrade, HostConnection connection, HostPoller poller) throws IOException {
			connection.socket().configureBlocking(false);
			upgrade.adopt(connection.socket(), connection.engine(), connection.sealed(), connection.received(),
					connection);
		}

	},

	WIRE(Carrier.WIRE) {

		@Override
		public void accept(Upgrade upgrade, HostConnection connection, HostPoller poller) throws IOException {
			wire(Function.identity()).accept(upgrade, connection, poller);
		}

	};

	private final Carrier carrier;

	Way(Carrier carrier) {
		this.carrier = carrier;
	}

	/** What the sessions say that carries them. */
	public Carrier carrier() {
		return this.carrier;
	}

	/** A wire that a test has changed. */
	static Host.HandOver wire(Function<Wire, Wire> change) {
		return (upgrade, connection, poller) -> {
			HostWire wire = new HostWire(connection.socket(), poller);
			wire.adopted(upgrade.adopt(change.apply(wire), connection.received()));
		};
	}

}
