package io.wsboot.server.overload;

/**
 * Back pressure of all connections together. From the moment that the
 * {@link MemoryBudget} of what has arrived is exceeded, until an eighth of it is free
 * again, no connection that holds something is read, and the others a little at a time.
 * So what is held grows no further while {@link LoadShedding} finds the worst. Any
 * thread.
 */
public final class InboundPressure {

	/**
	 * What a connection may hold for its handler without anybody being told, and what is
	 * read of one at a time under pressure: enough for most messages and handshakes, and
	 * less than an idle session costs.
	 */
	public static final int UNTOLD = 1024;

	private final LoadShedding shedding;

	public InboundPressure(LoadShedding shedding) {
		this.shedding = shedding;
	}

	public MemoryBudget budget() {
		return this.shedding.budget();
	}

	/** Whether connections that hold something must wait. */
	public boolean isPressed() {
		return budget().isPressed();
	}

	/** A connection holds more, or less if negative. */
	public void held(long change) {
		if (change == 0) {
			return;
		}
		if (budget().add(change)) {
			budget().press();
			this.shedding.begin();
		}
		if (budget().relieve()) { // others may have given back much before the above
			this.shedding.forEach(Sheddable::resumeAfterPressure);
		}
	}

}
