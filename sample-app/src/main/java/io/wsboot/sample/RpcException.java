package io.wsboot.sample;

/**
 * A call cannot be carried out; the message is what the client is told.
 */
class RpcException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	RpcException(String message) {
		super(message);
	}

}
