package io.wsboot.benchmarks.process;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.wsboot.benchmarks.server.CpuUse;

/** A server that runs. Not thread-safe. */
public final class ServerProcess implements AutoCloseable {

	private static final int PATIENCE = 90;

	/** Libraries that were loaded since, and the like. */
	private static final int MORE_FILES = 40;

	private final Process process;

	private final String name;

	private final BufferedReader answers;

	private final OutputStream questions;

	private final int port;

	private final long idleFiles;

	ServerProcess(Process process, String name) throws IOException {
		this.process = process;
		this.name = name;
		this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
		this.questions = process.getOutputStream();
		// a frozen process would outlive us
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
		try {
			this.port = (int) answer("port");
			this.idleFiles = os().openFiles();
		}
		catch (IOException ex) {
			process.destroyForcibly();
			throw ex;
		}
	}

	/**
	 * Where it listens.
	 * @return a TCP port
	 */
	public int port() {
		return this.port;
	}

	/**
	 * What the operating system knows of it.
	 * @return the view
	 */
	public OsProcess os() {
		return new OsProcess(this.process.pid());
	}

	/**
	 * Bytes that its threads have allocated.
	 * @return bytes since its start; negative if it does not know
	 * @throws IOException if it is gone
	 */
	public long allocated() throws IOException {
		return ask("allocated");
	}

	/**
	 * Bytes of its heap that live, after a collection.
	 * @return bytes
	 * @throws IOException if it is gone
	 */
	public long heap() throws IOException {
		return ask("heap");
	}

	/**
	 * Begins to sample what its threads spend processor time on.
	 * @throws IOException if it is gone, or no JVM
	 */
	public void beginProfile() throws IOException {
		ask("profile");
	}

	/**
	 * Ends that.
	 * @return the number of samples of each kind
	 * @throws IOException if it is gone, or has none: its JDK may be older than 25
	 */
	public Map<CpuUse, Long> endProfile() throws IOException {
		if (ask("profiled") == 0) {
			throw new IOException("no samples; JDK 25 is needed");
		}
		Map<CpuUse, Long> samples = new EnumMap<>(CpuUse.class);
		for (CpuUse use : CpuUse.values()) {
			samples.put(use, ask(use.name()));
		}
		return samples;
	}

	private long ask(String question) throws IOException {
		this.questions.write((question + "\n").getBytes(StandardCharsets.US_ASCII));
		this.questions.flush();
		return answer(question);
	}

	private long answer(String to) throws IOException {
		CompletableFuture<Long> answer = CompletableFuture.supplyAsync(() -> read(to));
		try {
			return answer.get(PATIENCE, TimeUnit.SECONDS);
		}
		catch (InterruptedException | ExecutionException | TimeoutException ex) {
			throw new IOException(this.name + " has ended or is stuck, see its log", ex);
		}
	}

	private long read(String to) {
		try {
			String line = this.answers.readLine();
			while (line != null && !line.startsWith(to + " ")) {
				line = this.answers.readLine();
			}
			if (line == null) {
				throw new EOFException(to);
			}
			return Long.parseLong(line.substring(to.length() + 1));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Waits for it to notice that its connections are gone, so that it does not do so
	 * while it is measured the next time.
	 * @throws IOException if it is gone
	 * @throws InterruptedException if this thread is interrupted
	 */
	public void calmDown() throws IOException, InterruptedException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
		while (os().openFiles() > this.idleFiles + MORE_FILES && System.nanoTime() < deadline) {
			Thread.sleep(10);
		}
	}

	/**
	 * Stops the process as it is, so that it costs others nothing.
	 * @throws IOException if it cannot be signalled
	 * @throws InterruptedException if this thread is interrupted
	 */
	public void freeze() throws IOException, InterruptedException {
		signal("-STOP");
	}

	/**
	 * Lets it go on.
	 * @throws IOException if it cannot be signalled
	 * @throws InterruptedException if this thread is interrupted
	 */
	public void thaw() throws IOException, InterruptedException {
		signal("-CONT");
	}

	private void signal(String signal) throws IOException, InterruptedException {
		int code = new ProcessBuilder(List.of("kill", signal, String.valueOf(this.process.pid()))).start().waitFor();
		if (code != 0) {
			throw new IOException(this.name + " has ended, see its log");
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		try {
			this.process.waitFor(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
