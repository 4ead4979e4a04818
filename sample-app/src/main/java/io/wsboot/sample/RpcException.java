package io.wsboot.sample;

/**
 * Thrown when a call cannot be carried out. The client receives the exception's message.
 */
class RpcException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	RpcException(String message) {
		super(message);
	}

}
