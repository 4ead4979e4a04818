package io.wsboot.benchmarks.parts;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.wsboot.SendResult;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.autoconfigure.WsServerAutoConfiguration;
import io.wsboot.spring.endpoint.EndpointDiscoverer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A message to an annotated method and its reply back, beside a handler that does the
 * same by itself. The session answers at once, and is the same for both.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DispatchBenchmark {

	private final ConfigurableApplicationContext context = new SpringApplicationBuilder(WsServerAutoConfiguration.class,
			Echo.class)
		.web(WebApplicationType.NONE)
		.properties(Map.of("ws.server.port", "0", "spring.main.banner-mode", "off"))
		.run();

	private final WsHandler annotated = this.context.getBean(EndpointDiscoverer.class).endpoints().get(0).handler();

	private final WsHandler plain = new WsHandler() {

		@Override
		public void onText(WsSession session, String text) {
			session.send(text);
		}

		@Override
		public void onBinary(WsSession session, ByteBuffer payload) {
			session.send(payload);
		}

	};

	private final WsSession session = (WsSession) Proxy.newProxyInstance(getClass().getClassLoader(),
			new Class<?>[] { WsSession.class }, (proxy, method, arguments) -> SendResult.values()[0]);

	private final ByteBuffer payload = ByteBuffer.allocate(64);

	/** Text, by itself. */
	@Benchmark
	public void plainText() throws Exception {
		this.plain.onText(this.session, "hello");
	}

	/** Text, by annotation. */
	@Benchmark
	public void annotatedText() throws Exception {
		this.annotated.onText(this.session, "hello");
	}

	/** Bytes, by itself. */
	@Benchmark
	public void plainBinary() throws Exception {
		this.plain.onBinary(this.session, this.payload);
	}

	/** Bytes, by annotation. */
	@Benchmark
	public void annotatedBinary() throws Exception {
		this.annotated.onBinary(this.session, this.payload);
	}

	/** Stops the server that came along. */
	@TearDown
	public void close() {
		this.context.close();
	}

	/** Sends back what comes. */
	@WsEndpoint("/echo")
	static class Echo {

		@OnMessage
		String text(String text) {
			return text;
		}

		@OnMessage
		ByteBuffer binary(ByteBuffer bytes) {
			return bytes;
		}

	}

}
