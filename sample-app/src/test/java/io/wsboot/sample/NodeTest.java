package io.wsboot.sample;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

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
		Path node = Peers.program("node");
		Path packages = Peers.nodePackages();
		Process process = new ProcessBuilder(node.toString(), "src/test/node/echo-peer.mjs", packages.toString(),
				"ws://localhost:" + this.port + path)
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(output.lines()).as(output)
			.containsExactly("ok text", "ok binary", "ok fragmented", "ok ping", "ok close");
		assertThat(process.exitValue()).isZero();
	}

}
