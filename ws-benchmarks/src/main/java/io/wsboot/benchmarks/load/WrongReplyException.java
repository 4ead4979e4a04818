package io.wsboot.benchmarks.load;

/** A server sent something else than it must, or nothing. */
public final class WrongReplyException extends RuntimeException {

	private static final long serialVersionUID = 1;

	WrongReplyException(String what) {
		super(what);
	}

}
