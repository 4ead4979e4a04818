package io.wsboot.spring.endpoint.reply;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;

import io.wsboot.CloseStatus;
import io.wsboot.WsSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.io.Resource;

/**
 * Sends content as one message of any size while the content is read: a {@link Reader} as
 * text, an {@link InputStream} or a {@link Resource} as binary. The content is closed at
 * the end. Sending blocks while the client is slow, so the callback must run on a worker.
 */
public final class ContentReply implements Reply<WsSession> {

	private static final Log logger = LogFactory.getLog(ContentReply.class);

	/**
	 * Whether values of a type are such content.
	 * @param type a return type
	 * @return true for readers, input streams and resources
	 */
	public static boolean isContent(Class<?> type) {
		return InputStream.class.isAssignableFrom(type) || Reader.class.isAssignableFrom(type)
				|| Resource.class.isAssignableFrom(type);
	}

	@Override
	public void send(WsSession session, Object value) throws IOException {
		Closeable content = (value instanceof Resource resource) ? resource.getInputStream() : (Closeable) value;
		try (content) {
			copy(content, session);
		}
		catch (IOException | RuntimeException ex) {
			if (!session.isOpen()) { // which is what the client wants
				logger.debug("Session " + session.id() + " of " + session.endpoint() + " ended before its reply", ex);
				return;
			}
			// the message has begun and cannot be taken back, nor can another follow
			session.close(CloseStatus.INTERNAL_ERROR);
			throw ex;
		}
	}

	private static void copy(Closeable content, WsSession session) throws IOException {
		if (content instanceof Reader reader) {
			Writer message = session.textWriter();
			reader.transferTo(message);
			message.close();
		}
		else {
			OutputStream message = session.binaryOutputStream();
			((InputStream) content).transferTo(message);
			message.close();
		}
	}

}
