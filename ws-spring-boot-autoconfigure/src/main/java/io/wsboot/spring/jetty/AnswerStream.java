package io.wsboot.spring.jetty;

import java.nio.ByteBuffer;

import io.wsboot.server.spi.Upgrade;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Watches the answer to an accepted upgrade. A filter that fails behind the hand-over
 * makes another answer of the 101: only if the 101 is what Jetty sends, Jetty is told to
 * upgrade the connection. Jetty calls all methods, one at a time.
 */
final class AnswerStream extends HttpStream.Wrapper {

	private final Request request;

	private final Upgrade upgrade;

	private final Connection next;

	/**
	 * Creates a stream.
	 * @param stream the stream that sends the answer
	 * @param request the request
	 * @param upgrade the upgrade
	 * @param next what comes behind the 101
	 */
	AnswerStream(HttpStream stream, Request request, Upgrade upgrade, Connection next) {
		super(stream);
		this.request = request;
		this.upgrade = upgrade;
		this.next = next;
	}

	@Override
	public void send(MetaData.Request request, MetaData.@Nullable Response response, boolean last,
			@Nullable ByteBuffer content, Callback callback) {
		if (response != null) {
			if (response.getStatus() == HttpStatus.SWITCHING_PROTOCOLS_101) {
				this.request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, this.next);
			}
			else if (!HttpStatus.isInterim(response.getStatus())) {
				this.upgrade.abandon();
			}
		}
		super.send(request, response, last, content, callback);
	}

	@Override
	public void failed(Throwable cause) {
		this.upgrade.abandon();
		super.failed(cause);
	}

}
