package io.wsboot.sample;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The script that talks to an echo endpoint with the {@code ws} package on Node.
 */
final class NodePeer {

	private NodePeer() {
	}

	/** What it has found well, once it has ended well. */
	static List<String> run(int port, String path, String... arguments) throws Exception {
		List<String> command = new ArrayList<>(List.of(Peers.program("node").toString(), "src/test/node/echo-peer.mjs",
				Peers.nodePackages().toString(), "ws://localhost:" + port + path));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(output).isZero();
		return output.lines().toList();
	}

}
