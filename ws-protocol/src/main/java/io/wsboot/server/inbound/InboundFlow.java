package io.wsboot.server.inbound;

import io.wsboot.CloseStatus;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what waits for one session's handler within its bounds: while too many messages
 * or parts of them wait the session is not read, unless a callback waits for the rest of
 * the message that it reads from a stream.
 */
final class InboundFlow implements InboundStream.Flow {

	private final InboundTarget session;

	private final InboundBacklog backlog;

	/** The message that arrives, if it is read from a stream; the loop's. */
	private @Nullable InboundStream stream;

	InboundFlow(InboundTarget session, InboundBacklog backlog) {
		this.session = session;
		this.backlog = backlog;
	}

	/**
	 * On the loop: adds a part to the stream of its message.
	 * @return the stream, if the message begins with the part
	 */
	@Nullable InboundStream add(MessagePart part) {
		InboundStream before = this.stream;
		InboundStream current = (before != null) ? before : new InboundStream(this);
		current.add(part);
		this.stream = part.last() ? null : current;
		return (before != null) ? null : current;
	}

	/** On the loop: whether part of a stream has arrived, and not its end. */
	boolean isStreaming() {
		return this.stream != null;
	}

	/**
	 * On the loop: the message that arrives has broken off. Its callback still gets the
	 * parts that are there.
	 */
	void breakOff(CloseStatus status) {
		if (this.stream != null) {
			this.stream.breakOff(status);
			this.stream = null;
		}
	}

	/** On the loop: nobody is to see the parts that are there. */
	void discardParts() {
		if (this.stream != null) {
			this.stream.discardParts();
		}
	}

	/** On the loop: something has been added. */
	void pauseIfFull() {
		if (!isPaused() && this.backlog.isFull()) {
			this.session.link().pause(Pause.PENDING);
			resumeIfWanted(); // the worker may have come so far before it could see the
								// flag
		}
		else if (this.session.context().pressure().isPressed() && this.backlog.told() > 0) {
			this.session.link().pause(Pause.MEMORY);
		}
	}

	/** Whether the session is not read because of what waits. Any thread. */
	private boolean isPaused() {
		return this.session.link().isPaused(Pause.PENDING);
	}

	/** Something has been taken. Any thread. */
	void taken() {
		if (isPaused() && this.backlog.isHalfDone()) {
			resumeLater();
		}
	}

	/** Never throws. */
	private void resumeLater() {
		try {
			this.session.link().execute(this::resumeIfWanted);
		}
		catch (Throwable ex) {
			this.session.link().abandon();
		}
	}

	/** On the loop. */
	private void resumeIfWanted() {
		if (isPaused() && (this.backlog.isHalfDone() || this.stream != null && this.stream.isStarving())) {
			this.session.link().resume(Pause.PENDING);
		}
	}

	@Override
	public void added(int size) {
		this.backlog.addPart(size);
	}

	@Override
	public void taken(int size) {
		this.backlog.removePart(size);
		taken();
	}

	@Override
	public void starving() {
		if (isPaused()) {
			resumeLater();
		}
	}

}
