package io.wsboot.spring.context;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

/**
 * Where the endpoints of a context are served, as {@code management.server.port} has it:
 *
 * <pre>
 *  a listener of its own     sharing            served
 *  is asked for
 *  ------------------------  -----------------  ---------------------------------
 *  no                        asked for          on the web server's port
 *  no                        nothing said       there, or else on the own listener
 *  no                        forbidden          on the own listener
 *  yes                       asked for          on both
 *  yes                       not asked for      on the own listener
 * </pre>
 *
 * Any thread may call all methods.
 */
public final class WsServerPlacement {

	private final boolean listener;

	private final @Nullable Boolean sharing;

	private final Supplier<Optional<SharedPort>> port;

	/**
	 * Decides nothing yet, as the web server may not have been created.
	 * @param listener whether a listener of the server's own is asked for
	 * @param sharing whether sharing is asked for (true) or forbidden (false); null if
	 * nothing is said
	 * @param ports finds the ports that may be shared; called once, when the first method
	 * is called, which must not be before the web server has been created
	 */
	public WsServerPlacement(boolean listener, @Nullable Boolean sharing, Supplier<Stream<SharedPort>> ports) {
		this.listener = listener;
		this.sharing = sharing;
		this.port = SingletonSupplier.of(() -> ports.get().filter(SharedPort::isAvailable).findFirst())::obtain;
	}

	/**
	 * Tells whether the server has a listener of its own.
	 * @return false if all sessions come through the web server
	 * @throws SharedPortMissingException if sharing is asked for and impossible
	 */
	public boolean isListening() {
		return this.listener || sharedPort() == null;
	}

	/**
	 * Tells whether the web server's port is shared if it can be. May be called before
	 * the web server has been created.
	 * @return whether sharing is asked for, or follows from no listener being asked for
	 */
	public boolean wantsSharing() {
		return (this.sharing != null) ? this.sharing : !this.listener;
	}

	/**
	 * Returns the port that is shared.
	 * @return the port; null if none is shared
	 * @throws SharedPortMissingException if sharing is asked for and impossible
	 */
	public @Nullable SharedPort sharedPort() {
		SharedPort found = wantsSharing() ? this.port.get().orElse(null) : null;
		if (found == null && Boolean.TRUE.equals(this.sharing)) {
			throw new SharedPortMissingException();
		}
		return found;
	}

}
