package io.wsboot.benchmarks.parts;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;

import io.wsboot.frame.FrameReader;
import io.wsboot.frame.FrameRules;
import io.wsboot.protocol.outgoing.DataFrames;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A binary frame of a client from the loop's read buffer to an array, and of ours into
 * the loop's write buffer. Copying the payload is the least that either can do.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameBenchmark {

	@Param({ "64", "4096", "65536" })
	private int size;

	private final FrameReader reader = new FrameReader(FrameRules.SERVER, false);

	private final DataFrames frames = new DataFrames(FrameRules.SERVER, 64 * 1024);

	private final ByteBuffer received = ByteBuffer.allocateDirect(128 * 1024).order(ByteOrder.LITTLE_ENDIAN);

	private final ByteBuffer out = ByteBuffer.allocateDirect(128 * 1024);

	private final byte[] from = new byte[64 * 1024];

	private final byte[] to = new byte[64 * 1024];

	private ByteBuffer payload = ByteBuffer.wrap(this.from);

	/** Makes a masked frame. */
	@Setup
	public void prepare() {
		this.payload = ByteBuffer.wrap(this.from, 0, this.size);
		new DataFrames(FrameRules.CLIENT, 0).write(this.received.clear(), false, this.payload);
		this.received.flip();
	}

	/** The header, and the payload without its mask. */
	@Benchmark
	public int read() {
		this.received.position(0);
		int size = this.reader.readShortMessage(this.received, this.to, 125);
		if (size >= 0) {
			return size;
		}
		this.reader.readHeader(this.received);
		return this.reader.readPayload(this.received, this.to, 0);
	}

	/** The header and the payload. */
	@Benchmark
	public ByteBuffer write() {
		this.frames.write(this.out.clear(), false, this.payload.rewind());
		return this.out;
	}

	/** The limit. */
	@Benchmark
	public byte[] arraycopy() {
		System.arraycopy(this.from, 0, this.to, 0, this.size);
		return this.to;
	}

}
