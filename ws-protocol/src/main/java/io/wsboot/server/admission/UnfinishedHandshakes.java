package io.wsboot.server.admission;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The sockets that have not shaken hands, by the address of their other end, so that it
 * is known whose must make room. All methods cost the logarithm of their number. Any
 * thread.
 */
final class UnfinishedHandshakes {

	private final Function<InetAddress, InetAddress> client;

	private final Map<@Nullable InetAddress, LinkedHashSet<UnfinishedHandshake>> byClient = new HashMap<>();

	/** Clients by the number of their sockets, those that have had it longest first. */
	private final TreeMap<Integer, LinkedHashSet<@Nullable InetAddress>> bySize = new TreeMap<>();

	/**
	 * None yet.
	 * @param client which addresses count as one client
	 */
	UnfinishedHandshakes(Function<InetAddress, InetAddress> client) {
		this.client = client;
	}

	private @Nullable InetAddress client(UnfinishedHandshake handshake) {
		InetAddress peer = handshake.peer();
		return (peer != null) ? this.client.apply(peer) : null;
	}

	/**
	 * A socket has been accepted.
	 * @return how many the client has now
	 */
	synchronized int add(UnfinishedHandshake handshake) {
		InetAddress client = client(handshake);
		LinkedHashSet<UnfinishedHandshake> its = this.byClient.computeIfAbsent(client, (key) -> new LinkedHashSet<>(2));
		its.add(handshake);
		moved(client, its.size() - 1, its.size());
		return its.size();
	}

	/** It is a session, or gone. Does nothing if that was known. */
	synchronized void remove(UnfinishedHandshake handshake) {
		remove(client(handshake), handshake);
	}

	private void remove(@Nullable InetAddress client, UnfinishedHandshake handshake) {
		LinkedHashSet<UnfinishedHandshake> its = this.byClient.get(client);
		if (its != null && its.remove(handshake)) {
			moved(client, its.size() + 1, its.size());
			if (its.isEmpty()) {
				this.byClient.remove(client);
			}
		}
	}

	private void moved(@Nullable InetAddress client, int from, int to) {
		LinkedHashSet<@Nullable InetAddress> before = this.bySize.get(from);
		if (before != null) {
			before.remove(client);
			if (before.isEmpty()) {
				this.bySize.remove(from);
			}
		}
		if (to > 0) {
			this.bySize.computeIfAbsent(to, (key) -> new LinkedHashSet<>()).add(client);
		}
	}

	/** Takes out the oldest of the client that has the most; null if there is none. */
	synchronized @Nullable UnfinishedHandshake takeOldestOfMost() {
		Map.Entry<Integer, LinkedHashSet<@Nullable InetAddress>> most = this.bySize.lastEntry();
		return (most == null) ? null : takeOldest(most.getValue().iterator().next());
	}

	/** Takes out the oldest of the same client. */
	synchronized @Nullable UnfinishedHandshake takeOldestBeside(UnfinishedHandshake handshake) {
		return takeOldest(client(handshake));
	}

	private @Nullable UnfinishedHandshake takeOldest(@Nullable InetAddress client) {
		LinkedHashSet<UnfinishedHandshake> its = this.byClient.get(client);
		if (its == null) {
			return null;
		}
		UnfinishedHandshake oldest = its.iterator().next();
		remove(client, oldest);
		return oldest;
	}

	/** How many there are. */
	synchronized int count() {
		return this.byClient.values().stream().mapToInt(LinkedHashSet::size).sum();
	}

}
