package io.wsboot.server.endpoint;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;

import io.wsboot.server.spi.WsServerStats.Direction;
import io.wsboot.server.spi.WsServerStats.MessageType;

/**
 * Messages and bytes of one endpoint. Each event loop has a row of its own that it writes
 * without any atomic operation, which is what a count per message may cost; other threads
 * share adders.
 */
public final class Traffic {

	private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);

	private static final int TYPES = MessageType.values().length;

	private static final int CELLS_PER_ROW = 2 * 2 * TYPES;

	/** Keeps the rows of two loops out of each other's cache lines. */
	private static final int PADDING = 16;

	private final Row[] rows;

	private final LongAdder[] shared = new LongAdder[CELLS_PER_ROW];

	public Traffic(int loops) {
		this.rows = new Row[loops];
		for (int i = 0; i < loops; i++) {
			this.rows[i] = new Row();
		}
		for (int i = 0; i < CELLS_PER_ROW; i++) {
			this.shared[i] = new LongAdder();
		}
	}

	/** The counts of one loop, which only it may write. */
	public Row row(int loop) {
		return this.rows[loop];
	}

	/** Counts a message, or part of one, on a thread that is no loop. */
	public void add(Direction direction, MessageType type, int messages, int size) {
		int cell = cell(direction, type);
		this.shared[cell].add(messages);
		this.shared[cell + 1].add(size);
	}

	public long messages(Direction direction, MessageType type) {
		return sum(cell(direction, type));
	}

	public long bytes(Direction direction, MessageType type) {
		return sum(cell(direction, type) + 1);
	}

	private long sum(int cell) {
		long sum = this.shared[cell].sum();
		for (Row row : this.rows) {
			sum += (long) CELLS.getOpaque(row.cells, PADDING + cell);
		}
		return sum;
	}

	private static int cell(Direction direction, MessageType type) {
		return 2 * (direction.ordinal() * TYPES + type.ordinal());
	}

	/** Counts of one loop. */
	public static final class Row {

		private final long[] cells = new long[PADDING + CELLS_PER_ROW + PADDING];

		public void add(Direction direction, MessageType type, int size) {
			add(direction, type, 1, size);
		}

		/** Counts part of a message, or a whole one. */
		public void add(Direction direction, MessageType type, int messages, int size) {
			int cell = PADDING + cell(direction, type);
			CELLS.setOpaque(this.cells, cell, this.cells[cell] + messages);
			CELLS.setOpaque(this.cells, cell + 1, this.cells[cell + 1] + size);
		}

	}

}
