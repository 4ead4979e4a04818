package io.wsboot.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import io.wsboot.ClientBytes;
import io.wsboot.protocol.FuzzedFrames;

import static io.wsboot.ClientBytes.BINARY;
import static io.wsboot.ClientBytes.FIN;

/**
 * An input that a fuzzer has found worth keeping, as what a client sends. Each one ends
 * with bytes that end any request, fill up any frame, and begin neither, so that every
 * input gets an answer, and a connection that has been opened a Close frame.
 *
 * @param name the file of the input
 * @param request the request
 * @param frames what comes behind the request
 */
record FuzzedInput(String name, byte[] request, byte[] frames) {

	/** In the sources of the module whose server reads the inputs. */
	private static final Path CORPORA = Path.of("..", "ws-protocol", "src", "test", "resources", "fuzz");

	/** More than the largest frame, and more than the largest head of a request. */
	private static final int FILLING = 4096;

	private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate\r\n";

	/** A handshake is put before the rest of such an input of the corpus. */
	private static final int OPENED = 0x20;

	/** Frames behind a proper handshake. */
	static List<FuzzedInput> ofFrames() {
		return Stream
			.of(of("frames", 2, (input) -> opened((input[0] & 1) != 0 ? OFFER : "", rest(input, 2))),
					of("messages", 2, (input) -> opened((input[0] & 3) != 0 ? OFFER : "", FuzzedFrames.of(input, 2))),
					of("inflater", 1, FuzzedInput::compressed),
					of("connection", 4,
							(input) -> (input[0] & OPENED) == 0 ? new byte[0][]
									: opened((input[0] & 3) != 0 ? OFFER : "", rest(input, 4))))
			.flatMap((inputs) -> inputs)
			.toList();
	}

	/** Handshakes that are proper but for the extensions that they offer. */
	static List<FuzzedInput> ofOffers() {
		return of("extensions", 1, (input) -> opened(fields(input), new byte[0])).toList();
	}

	/** Requests, and what comes behind them. */
	static List<FuzzedInput> ofRequests() {
		return Stream
			.of(of("request-head", 2, (input) -> unopened(rest(input, 2))),
					of("connection", 4, (input) -> (input[0] & OPENED) != 0 ? new byte[0][] : unopened(rest(input, 4))))
			.flatMap((inputs) -> inputs)
			.toList();
	}

	/** A hostile request, in the same form. */
	static FuzzedInput of(HostilePeer peer) {
		return new FuzzedInput(peer.name(), unopened(peer.wire())[0], filling());
	}

	/**
	 * The inputs of a corpus.
	 * @param least the bytes that an input must have
	 * @param parts makes a request and frames of an input, or nothing
	 */
	private static Stream<FuzzedInput> of(String corpus, int least, Function<byte[], byte[][]> parts) {
		try (Stream<Path> files = Files.list(CORPORA.resolve(corpus))) {
			return files.sorted().toList().stream().flatMap((file) -> {
				byte[] input = read(file);
				byte[][] both = (input.length < least) ? new byte[0][] : parts.apply(input);
				return (both.length == 0) ? Stream.empty()
						: Stream.of(new FuzzedInput(corpus + "/" + file.getFileName(), both[0], filled(both[1])));
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The whole input. */
	byte[] wire() {
		return new ClientBytes().raw(this.request).raw(this.frames).bytes();
	}

	/** The middle of the frames that the fuzzer has found. */
	int middle() {
		return (this.frames.length - FILLING) / 2;
	}

	private static byte[] read(Path file) {
		try {
			return Files.readAllBytes(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] rest(byte[] input, int from) {
		return Arrays.copyOfRange(input, from, input.length);
	}

	private static byte[][] opened(String fields, byte[] frames) {
		String head = new String(new ClientBytes().handshake().bytes(), StandardCharsets.US_ASCII);
		String more = head.replace("\r\n\r\n", "\r\n" + fields + "\r\n");
		return new byte[][] { more.getBytes(StandardCharsets.ISO_8859_1), frames };
	}

	private static byte[][] unopened(byte[] wire) {
		return new byte[][] { new ClientBytes().raw(wire).ascii("\r\n\r\n").bytes(), new byte[0] };
	}

	/**
	 * One compressed message behind its length after the other (see
	 * {@code InflaterFuzz}).
	 */
	private static byte[][] compressed(byte[] input) {
		ClientBytes frames = new ClientBytes();
		for (int at = 1; at < input.length;) {
			int length = input[at++] & 0xFF;
			int end = (length == 255) ? input.length : Math.min(input.length, at + length);
			frames.frame(FIN | 0x40 | BINARY, Arrays.copyOfRange(input, at, end));
			at = end;
		}
		return opened((input[0] & 1) != 0 ? OFFER : OFFER.replace("\r", "; client_no_context_takeover\r"),
				frames.bytes());
	}

	/** The values of fields, one a line (see {@code ExtensionsFuzz}). */
	private static String fields(byte[] input) {
		String text = new String(input, 1, input.length - 1, StandardCharsets.ISO_8859_1)
			.replaceAll("[\\x00-\\x08\\x0B-\\x1F\\x7F]", "");
		StringBuilder fields = new StringBuilder();
		for (String value : text.split("\n", -1)) {
			fields.append("Sec-WebSocket-Extensions: ").append(value.strip()).append("\r\n");
		}
		return fields.toString();
	}

	private static byte[] filled(byte[] frames) {
		return new ClientBytes().raw(frames).raw(filling()).bytes();
	}

	/**
	 * Is no header of a frame, as all reserved bits are set, and no line of a request.
	 */
	private static byte[] filling() {
		byte[] filling = new byte[FILLING];
		Arrays.fill(filling, (byte) 0xFF);
		return filling;
	}

	@Override
	public String toString() {
		return this.name;
	}

}
