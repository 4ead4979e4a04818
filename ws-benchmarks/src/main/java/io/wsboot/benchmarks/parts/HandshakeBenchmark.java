package io.wsboot.benchmarks.parts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.wsboot.handshake.HandshakeLimits;
import io.wsboot.handshake.RequestReader;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reading the opening handshake of a browser. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HandshakeBenchmark {

	private static final HandshakeLimits LIMITS = new HandshakeLimits(8192, 8192, 100);

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

}
