package io.wsboot.server.overload;

import io.wsboot.CloseStatus;
import io.wsboot.server.config.WsServerOptions;
import io.wsboot.server.spi.WsServerObserver.Limit;

/**
 * The kinds of memory that connections hold, and that one {@link MemoryBudget} bounds for
 * all connections together. All methods run on a connection's loop unless their comments
 * say otherwise.
 */
public enum Load {

	/** Frames that wait for peers that read slowly. */
	QUEUED("outbound.max-total-queued", Limit.TOTAL_QUEUED) {

		@Override
		long most(WsServerOptions options) {
			return options.outbound().maxTotalQueued();
		}

		@Override
		long of(Sheddable connection) {
			return connection.queued();
		}

		@Override
		boolean isTooMuch(MemoryBudget budget) {
			return budget.isExceeded();
		}

		/** Always true: senders go on, so everything that is freed helps. */
		@Override
		boolean helps(long sheddable, long excess) {
			return true;
		}

		@Override
		void shed(Sheddable connection) {
			connection.shedQueued(STATUS);
		}

	},

	/** Input that has arrived and has not been handled. */
	PENDING("inbound.max-total-pending", Limit.TOTAL_PENDING) {

		@Override
		long most(WsServerOptions options) {
			return options.inbound().maxTotalPending();
		}

		@Override
		long of(Sheddable connection) {
			return connection.pending();
		}

		@Override
		boolean isTooMuch(MemoryBudget budget) {
			return budget.isPressed();
		}

		/**
		 * Whether enough can be freed to end the pressure. If not, handlers hold the
		 * rest; as nothing more is read under pressure, connections that hold little wait
		 * for those handlers.
		 */
		@Override
		boolean helps(long sheddable, long excess) {
			return sheddable >= excess;
		}

		@Override
		void shed(Sheddable connection) {
			connection.shedPending(STATUS);
		}

	};

	private static final CloseStatus STATUS = CloseStatus.TRY_AGAIN_LATER.withReason("server has too much waiting");

	private final String option;

	private final Limit limit;

	Load(String option, Limit limit) {
		this.option = option;
		this.limit = limit;
	}

	/** Returns the name of the option that sets the limit. */
	String option() {
		return this.option;
	}

	/** Returns the limit, as observers know it. */
	Limit limit() {
		return this.limit;
	}

	/** Returns how many bytes all connections may hold; 0 for no limit. */
	abstract long most(WsServerOptions options);

	/** Returns how many bytes shedding a connection would free. */
	abstract long of(Sheddable connection);

	/** Whether connections must be shed. Any thread. */
	abstract boolean isTooMuch(MemoryBudget budget);

	/**
	 * Whether shedding is worth while. Any thread.
	 * @param sheddable how many bytes shedding can free
	 * @param excess how many bytes must be freed
	 */
	abstract boolean helps(long sheddable, long excess);

	/** Frees the memory that a connection holds, and closes the connection with 1013. */
	abstract void shed(Sheddable connection);

}
