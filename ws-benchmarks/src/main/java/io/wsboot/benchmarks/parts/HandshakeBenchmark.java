package io.wsboot.benchmarks.parts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.wsboot.CloseStatus;
import io.wsboot.EndpointOptions;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.handshake.HandshakeLimits;
import io.wsboot.handshake.RequestReader;
import io.wsboot.protocol.Compression;
import io.wsboot.protocol.HandshakeListener;
import io.wsboot.protocol.ProtocolLimits;
import io.wsboot.protocol.ProtocolListener;
import io.wsboot.protocol.Scratch;
import io.wsboot.protocol.ServerProtocol;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The opening handshake of a browser. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HandshakeBenchmark {

	private static final HandshakeLimits LIMITS = new HandshakeLimits(8192, 8192, 100);

	private static final ProtocolLimits PROTOCOL_LIMITS = new ProtocolLimits(8192, 8192, 100, 256 * 1024, 256 * 1024,
			1024);

	private final Scratch scratch = new Scratch(64 * 1024);

	private final ByteBuffer request = ByteBuffer
		.wrap("""
				GET /chat/java?name=Ann HTTP/1.1
				Host: localhost:8090
				Connection: Upgrade
				Pragma: no-cache
				Cache-Control: no-cache
				User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36
				Upgrade: websocket
				Origin: http://localhost:8080
				Sec-WebSocket-Version: 13
				Accept-Encoding: gzip, deflate, br, zstd
				Accept-Language: en-GB,en;q=0.9
				Cookie: session=0123456789abcdef0123456789abcdef
				Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
				Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits

				"""
			.replace("\n", "\r\n")
			.getBytes(StandardCharsets.US_ASCII));

	/** From bytes to fields. */
	@Benchmark
	public @Nullable Object parse() {
		return new RequestReader(LIMITS).read(this.request.rewind());
	}

	/** From bytes to the bytes of the answer that opens the connection. */
	@Benchmark
	public @Nullable Object answer() {
		return new Opening(this.scratch).answer(this.request.rewind());
	}

	/** Accepts whatever comes. */
	private static final class Opening implements HandshakeListener, ProtocolListener {

		private final ServerProtocol protocol;

		private @Nullable ByteBuffer response;

		Opening(Scratch scratch) {
			this.protocol = new ServerProtocol(PROTOCOL_LIMITS, scratch, Compression.Offer.NONE, this);
		}

		@Nullable ByteBuffer answer(ByteBuffer request) {
			this.protocol.receive(request);
			return this.response;
		}

		@Override
		public void onRequest(String method, HandshakeRequest request, HandshakeDecision.@Nullable Refuse fault) {
			if (fault == null) {
				this.protocol.request()
					.accept(HandshakeDecision.accept(), EndpointOptions.DEFAULTS, PROTOCOL_LIMITS, this);
			}
		}

		@Override
		public void writeResponse(ByteBuffer response) {
			this.response = response;
		}

		@Override
		public void onRefused(HandshakeDecision.Refuse refusal) {
			throw unexpected();
		}

		@Override
		public void onText(String text, int size) {
			throw unexpected();
		}

		@Override
		public void onBinary(ByteBuffer payload) {
			throw unexpected();
		}

		@Override
		public void onTextPart(String part, int size, boolean last) {
			throw unexpected();
		}

		@Override
		public void onBinaryPart(ByteBuffer part, boolean last) {
			throw unexpected();
		}

		@Override
		public void onPing(ByteBuffer payload) {
			throw unexpected();
		}

		@Override
		public void onPong(ByteBuffer payload) {
			throw unexpected();
		}

		@Override
		public void onClosed(CloseStatus status, CloseCause cause) {
			throw unexpected();
		}

		@Override
		public void writePong(ByteBuffer frame) {
			throw unexpected();
		}

		@Override
		public void writeClose(ByteBuffer frame, boolean urgent) {
			throw unexpected();
		}

		private static IllegalStateException unexpected() {
			return new IllegalStateException("a handshake is all that was sent");
		}

	}

}
