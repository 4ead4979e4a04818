package io.wsboot.server.overload;

/**
 * Back pressure on all connections together, while input needs too much memory. Under
 * pressure the server reads no connection that holds memory, and reads the others a
 * little at a time. So the memory grows no further while {@link LoadShedding} chooses
 * connections to close. Any thread may call all methods.
 *
 * <pre>
 *           the budget is exceeded
 *  none ------------------------------> pressure
 *       <------------------------------
 *        an eighth of the budget is free
 * </pre>
 */
public final class InboundPressure {

	/**
	 * Bytes that a session may hold for its handler before the budget learns of them, and
	 * the most that is read from a connection at a time under pressure. The number is
	 * enough for most messages and handshakes, and less than the memory of an idle
	 * session.
	 */
	public static final int UNTOLD = 1024;

	private final LoadShedding shedding;

	public InboundPressure(LoadShedding shedding) {
		this.shedding = shedding;
	}

	/** Returns the budget of the memory for input. */
	public MemoryBudget budget() {
		return this.shedding.budget();
	}

	/** Whether connections that hold memory must not be read. */
	public boolean isPressed() {
		return budget().isPressed();
	}

	/**
	 * Called when a connection holds more bytes, or fewer.
	 * @param change the difference in bytes; negative for fewer
	 */
	public void held(long change) {
		if (change == 0) {
			return;
		}
		if (budget().add(change)) {
			budget().press();
			this.shedding.begin();
		}
		if (budget().relieve()) { // other threads may have freed much meanwhile
			this.shedding.forEach(Sheddable::resumeAfterPressure);
		}
	}

}
