package io.wsboot.docs.endpoints;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

import io.wsboot.Execution;
import io.wsboot.SessionAttribute;
import io.wsboot.WsSession;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import org.jspecify.annotations.Nullable;

@WsEndpoint(path = "/checksum", execution = Execution.EVENT_LOOP)
class PartsEndpoint {

	private static final SessionAttribute<CRC32> SUM = SessionAttribute.of("sum", CRC32.class);

	@OnMessage(maxMessageSize = "4GB")
	@Nullable String part(ByteBuffer part, boolean last, WsSession session) {
		CRC32 sum = SUM.find(session).orElseGet(CRC32::new);
		sum.update(part);
		SUM.set(session, sum);
		return last ? Long.toHexString(SUM.remove(session).orElseThrow().getValue()) : null;
	}

}
