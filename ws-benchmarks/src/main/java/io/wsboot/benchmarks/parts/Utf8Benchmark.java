package io.wsboot.benchmarks.parts;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.wsboot.frame.Utf8Validator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Checking that text is UTF-8. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Utf8Benchmark {

	@Param({ "64", "4096", "65536" })
	private int size;

	private final Utf8Validator validator = new Utf8Validator();

	private byte[] ascii = {};

	private byte[] mixed = {};

	/** Makes texts. */
	@Setup
	public void prepare() {
		this.ascii = "a".repeat(this.size).getBytes(StandardCharsets.UTF_8);
		// 16 bytes: of one, two, three and four bytes each
		this.mixed = "price é€😀x".repeat(this.size / 16 + 1).getBytes(StandardCharsets.UTF_8);
	}

	/** English. */
	@Benchmark
	public Utf8Validator ascii() {
		this.validator.check(this.ascii, 0, this.size);
		return this.validator;
	}

	/** Many languages. */
	@Benchmark
	public Utf8Validator mixed() {
		this.validator.check(this.mixed, 0, this.size / 16 * 16);
		return this.validator;
	}

}
