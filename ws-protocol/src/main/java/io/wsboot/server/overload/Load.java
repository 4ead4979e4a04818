package io.wsboot.server.overload;

import io.wsboot.CloseStatus;
import io.wsboot.server.config.WsServerOptions;
import io.wsboot.server.spi.WsServerObserver.Limit;

/**
 * What connections hold and a {@link MemoryBudget} bounds for all of them. On a
 * connection's loop.
 */
public enum Load {

	/** What waits for a peer that is slow to read. */
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

		/** Senders go on, so that everything helps. */
		@Override
		boolean helps(long sheddable, long excess) {
			return true;
		}

		@Override
		void shed(Sheddable connection) {
			connection.shedQueued(STATUS);
		}

	},

	/** What has arrived and has not been handled. */
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
		 * Under pressure no more is read, so those who hold little may as well wait for
		 * handlers that hold the rest.
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

	/** The option that bounds it. */
	String option() {
		return this.option;
	}

	Limit limit() {
		return this.limit;
	}

	/** The bytes that all connections may hold; 0 = no limit. */
	abstract long most(WsServerOptions options);

	/** Bytes that would be free without a connection. */
	abstract long of(Sheddable connection);

	/** Whether some of it must be given up. Any thread. */
	abstract boolean isTooMuch(MemoryBudget budget);

	/** Whether to give up so many bytes, where more are too much. Any thread. */
	abstract boolean helps(long sheddable, long excess);

	/** Gives a connection up, and what it holds. */
	abstract void shed(Sheddable connection);

}
