package io.wsboot.benchmarks.process;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.wsboot.benchmarks.server.ServerMode;

/**
 * The servers that have been started. All of them are frozen but the one that is
 * measured, so that none disturbs another. Not thread-safe.
 */
public final class ServerPark implements AutoCloseable {

	private static final int PATIENCE = 90;

	private final ServerCommand command;

	private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor();

	private final Map<String, ServerProcess> running = new LinkedHashMap<>();

	/**
	 * With no server.
	 * @param command starts them
	 */
	public ServerPark(ServerCommand command) {
		this.command = command;
	}

	/**
	 * Lets a server do something.
	 * @param kind which one
	 * @param mode what is special about it
	 * @param fresh true for a process that has done nothing yet, and is not used again
	 * @param warmUp what a process does first
	 * @param use what it does then
	 * @throws Exception if it fails; the process is then not used again
	 */
	public void use(ServerKind kind, ServerMode mode, boolean fresh, Use warmUp, Use use) throws Exception {
		if (fresh) {
			try (ServerProcess server = this.command.start(kind, mode, true)) {
				watched(server, use);
			}
			return;
		}
		String key = kind + " " + mode;
		ServerProcess server = this.running.get(key);
		try {
			if (server == null) {
				server = this.command.start(kind, mode, false);
				this.running.put(key, server);
				watched(server, warmUp);
			}
			else {
				server.thaw();
			}
			watched(server, use);
			server.freeze();
		}
		catch (Exception ex) {
			this.running.remove(key);
			if (server != null) {
				server.close();
			}
			throw ex;
		}
	}

	/** A server that hangs is killed, which ends whatever waits for it. */
	private void watched(ServerProcess server, Use use) throws Exception {
		Future<?> watch = this.watchdog.schedule(server::close, PATIENCE, TimeUnit.SECONDS);
		try {
			use.with(server);
			server.calmDown();
		}
		finally {
			watch.cancel(false);
		}
	}

	@Override
	public void close() throws IOException {
		this.running.values().forEach(ServerProcess::close);
		this.watchdog.shutdownNow();
	}

	/** What is done with a server. */
	public interface Use {

		/**
		 * Does it.
		 * @param server awake
		 * @throws Exception if it fails
		 */
		void with(ServerProcess server) throws Exception;

	}

}
