package io.wsboot.benchmarks.parts;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import io.wsboot.benchmarks.load.Payloads;
import io.wsboot.deflate.Inflaters;
import io.wsboot.deflate.MessageDeflater;
import io.wsboot.deflate.MessageInflater;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A message of 64 KiB of JSON, compressed and inflated without context takeover, beside
 * the JDK's zlib on the same bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DeflateBenchmark {

	private static final int SIZE = 64 * 1024;

	private static final int LEVEL = 6;

	/** As much as the server takes at once. */
	private static final int PIECE = 8 * 1024;

	private final byte[] plain = Payloads.json(SIZE).messages()[0];

	private final byte[] compressed;

	private final MessageDeflater deflater = new MessageDeflater(LEVEL);

	private final MessageInflater inflater = new MessageInflater(new Inflaters(), false);

	private final Deflater bareDeflater = new Deflater(LEVEL, true);

	private final Inflater bareInflater = new Inflater(true);

	private final byte[] piece = new byte[PIECE];

	private final byte[] out = new byte[SIZE + 1024];

	/** Compresses once. */
	public DeflateBenchmark() {
		int length = bareDeflate();
		this.compressed = Arrays.copyOf(this.out, length);
	}

	/** Ours, one message. */
	@Benchmark
	public Object deflate() {
		ByteBuffer message = this.deflater.deflateAlone(ByteBuffer.wrap(this.plain), 15);
		if (message == null || message.remaining() != this.compressed.length - 4) {
			throw new IllegalStateException("not the same bytes");
		}
		return message;
	}

	/** The JDK's. */
	@Benchmark
	public int bareDeflate() {
		this.bareDeflater.reset();
		this.bareDeflater.setInput(this.plain);
		return this.bareDeflater.deflate(this.out, 0, this.out.length, Deflater.SYNC_FLUSH);
	}

	/** Ours, one message, as it arrives. */
	@Benchmark
	public int inflate() {
		int length = 0;
		int end = this.compressed.length - 4;
		for (int at = 0; at < end; at += PIECE) {
			int count = Math.min(PIECE, end - at);
			System.arraycopy(this.compressed, at, this.piece, 0, count);
			this.inflater.input(this.piece, count);
			length = inflateMore(length);
		}
		this.inflater.endInput();
		length = inflateMore(length);
		this.inflater.endMessage(this.out, length);
		return checked(length);
	}

	private int inflateMore(int before) {
		int length = before;
		int count = this.inflater.inflate(this.out, length, this.out.length - length);
		while (count > 0) {
			length += count;
			count = this.inflater.inflate(this.out, length, this.out.length - length);
		}
		return length;
	}

	/** The JDK's. */
	@Benchmark
	public int bareInflate() throws DataFormatException {
		this.bareInflater.reset();
		this.bareInflater.setInput(this.compressed);
		return checked(this.bareInflater.inflate(this.out));
	}

	private static int checked(int length) {
		if (length != SIZE) {
			throw new IllegalStateException(length + " bytes");
		}
		return length;
	}

}
