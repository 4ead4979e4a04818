package io.wsboot.sample;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Value;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The {@code ws} package on Node as a client of the echo endpoints.
 */
@SampleTest
class NodeTest {

	@Value("${local.ws.port}")
	private int port;

	@ParameterizedTest
	@ValueSource(strings = { "/echo", "/echo/worker" })
	void wsTalksToTheEcho(String path) throws Exception {
		assertThat(NodePeer.run(this.port, path)).containsExactly("ok text", "ok binary", "ok fragmented", "ok ping",
				"ok close");
	}

}
