package io.wsboot.benchmarks.parts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.wsboot.protocol.outgoing.CompressedFrames;
import io.wsboot.protocol.outgoing.DataFrames;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Outgoing text as frames. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncodeBenchmark {

	@Param({ "64", "4096" })
	private int size;

	private final DataFrames frames = DataFrames.ofServer(64 * 1024);

	private final CompressedFrames compressed = new CompressedFrames(this.frames, 6);

	private final ByteBuffer out = ByteBuffer.allocateDirect(64 * 1024);

	private String text = "";

	/** Makes the text. */
	@Setup
	public void prepare() {
		this.text = "some words and ".repeat(this.size).substring(0, this.size);
	}

	/** Into the loop's buffer. */
	@Benchmark
	public ByteBuffer text() {
		this.frames.write(this.out.clear(), true, bytes());
		return this.out;
	}

	/** Compressed by itself. */
	@Benchmark
	public Object compressedText() {
		ByteBuffer frame = this.compressed.alone(true, bytes(), 15);
		return (frame != null) ? frame : this.out;
	}

	private ByteBuffer bytes() {
		return ByteBuffer.wrap(this.text.getBytes(StandardCharsets.UTF_8));
	}

}
