package io.wsboot.server.upgrade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.wsboot.server.RecordingHandler;
import io.wsboot.server.RunningServer;
import io.wsboot.server.spi.Upgrade;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What fuzzers have found worth keeping, as the frames of a connection over a wire:
 * behind the request, later as a whole, and byte by byte through a wire that takes three
 * bytes at a time. All ways lead to the same answer.
 */
class CorpusOverWiresTest {

	private final RunningServer server = new RunningServer(new RecordingHandler());

	@ParameterizedTest
	@ValueSource(strings = { "frames", "messages", "connection" })
	void isAnsweredInTheSameWay(String corpus) throws IOException {
		try (this.server; Stream<Path> inputs = Files.list(Path.of("src", "test", "resources", "fuzz", corpus))) {
			for (Path input : inputs.sorted().toList()) {
				byte[] frames = Files.readAllBytes(input);
				MemoryWire behind = new MemoryWire().adopt(accept(), frames);
				MemoryWire later = new MemoryWire().adopt(accept());
				later.arrive(frames);
				MemoryWire bytewise = new MemoryWire();
				bytewise.take(Long.MAX_VALUE, 3);
				bytewise.adopt(accept());
				for (byte one : Arrays.copyOf(frames, Math.min(frames.length, 500))) {
					bytewise.arrive(new byte[] { one });
				}
				if (frames.length > 500) {
					bytewise.arrive(Arrays.copyOfRange(frames, 500, frames.length));
				}
				List<MemoryWire> wires = List.of(behind, later, bytewise);
				wires.forEach(MemoryWire::end);
				wires.forEach(MemoryWire::expectClosed);
				assertThat(data(later)).as("%s", input).isEqualTo(data(behind));
				assertThat(data(bytewise)).as("%s", input).isEqualTo(data(behind));
			}
			this.server.expectNothingLeft();
		}
	}

	/** A Pong may stand for several. */
	private static List<String> data(MemoryWire wire) {
		return wire.frames().stream().filter((frame) -> !frame.startsWith("pong")).toList();
	}

	private Upgrade accept() {
		return Requests.accept(this.server.server.upgrades(), Requests.get("/echo"));
	}

}
