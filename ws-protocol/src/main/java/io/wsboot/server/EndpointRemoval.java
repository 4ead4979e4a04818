package io.wsboot.server;

import java.util.function.Consumer;

import io.wsboot.CloseStatus;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an endpoint that is not served any more.
 *
 * @param status closes its sessions; null if they may go on
 * @param retired told once, when the last of them has ended
 */
record EndpointRemoval(@Nullable CloseStatus status, Consumer<Endpoint> retired) {

	void close(Session session) {
		if (this.status != null) {
			session.close(this.status);
		}
	}

}
