package io.wsboot.server.outbound;

import java.nio.ByteBuffer;

/** What a {@link MessageEncoder} gives away, for tests of other packages. */
public final class Encoded {

	private Encoded() {
	}

	public static ByteBuffer plain(MessageEncoder message) {
		return message.plain();
	}

}
