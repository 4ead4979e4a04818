package io.wsboot.server.endpoint;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;

import io.wsboot.server.spi.WsServerStats.Direction;
import io.wsboot.server.spi.WsServerStats.MessageType;

/**
 * Counts the messages and bytes of one endpoint. Each event loop has a row of its own, so
 * that counting a message on a loop takes no atomic operation; all other threads share
 * adders. Any thread may read.
 */
public final class Traffic {

	private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);

	private static final int TYPES = MessageType.values().length;

	private static final int CELLS_PER_ROW = 2 * 2 * TYPES;

	/** Cells that keep the rows of two loops in different cache lines. */
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

	/** Returns the row of a loop. Only that loop may write the row. */
	public Row row(int loop) {
		return this.rows[loop];
	}

	/**
	 * Counts messages on a thread that is no loop.
	 * @param direction the direction
	 * @param type the type
	 * @param messages how many messages: 0 for a part that does not end its message
	 * @param size how many payload bytes
	 */
	public void add(Direction direction, MessageType type, int messages, int size) {
		int cell = cell(direction, type);
		this.shared[cell].add(messages);
		this.shared[cell + 1].add(size);
	}

	/** Returns how many messages have been counted. */
	public long messages(Direction direction, MessageType type) {
		return sum(cell(direction, type));
	}

	/** Returns how many payload bytes have been counted. */
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

	/** The counts of one loop: the loop writes, any thread reads in opaque mode. */
	public static final class Row {

		private final long[] cells = new long[PADDING + CELLS_PER_ROW + PADDING];

		/** Counts a message. */
		public void add(Direction direction, MessageType type, int size) {
			add(direction, type, 1, size);
		}

		/**
		 * Counts messages.
		 * @param direction the direction
		 * @param type the type
		 * @param messages how many messages: 0 for a part that does not end its message
		 * @param size how many payload bytes
		 */
		public void add(Direction direction, MessageType type, int messages, int size) {
			int cell = PADDING + cell(direction, type);
			CELLS.setOpaque(this.cells, cell, this.cells[cell] + messages);
			CELLS.setOpaque(this.cells, cell + 1, this.cells[cell + 1] + size);
		}

	}

}
