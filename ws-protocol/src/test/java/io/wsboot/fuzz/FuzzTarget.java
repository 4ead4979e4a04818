package io.wsboot.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.wsboot.deflate.InflaterFuzz;
import io.wsboot.frame.FramesFuzz;
import io.wsboot.handshake.ExtensionsFuzz;
import io.wsboot.handshake.RequestHeadFuzz;
import io.wsboot.protocol.ConnectionFuzz;
import io.wsboot.protocol.MessagesFuzz;
import io.wsboot.server.transport.ProxyHeaderFuzz;

/**
 * What is fuzzed. Each target has a corpus: one input a file.
 */
enum FuzzTarget {

	PROXY_HEADER(ProxyHeaderFuzz.class, ProxyHeaderFuzz::fuzzerTestOneInput),

	REQUEST_HEAD(RequestHeadFuzz.class, RequestHeadFuzz::fuzzerTestOneInput),

	EXTENSIONS(ExtensionsFuzz.class, ExtensionsFuzz::fuzzerTestOneInput),

	FRAMES(FramesFuzz.class, FramesFuzz::fuzzerTestOneInput),

	MESSAGES(MessagesFuzz.class, MessagesFuzz::fuzzerTestOneInput),

	INFLATER(InflaterFuzz.class, InflaterFuzz::fuzzerTestOneInput),

	CONNECTION(ConnectionFuzz.class, ConnectionFuzz::fuzzerTestOneInput);

	private final Class<?> type;

	private final Consumer<byte[]> target;

	FuzzTarget(Class<?> type, Consumer<byte[]> target) {
		this.type = type;
		this.target = target;
	}

	Class<?> type() {
		return this.type;
	}

	/** Fails if the input shows a fault. */
	void test(byte[] input) {
		this.target.accept(input);
	}

	/** In the sources, so that what is added there is a test from then on. */
	Path corpus() {
		return Path.of("src", "test", "resources", "fuzz", toString());
	}

	List<Path> inputs() {
		try (Stream<Path> files = Files.list(corpus())) {
			return files.sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
