package io.wsboot.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * What this JVM's Java threads spend processor time on, by Flight Recorder's samples of
 * that (JEP 509, from JDK 25 on; there are none before). Not thread-safe.
 */
final class CpuProfile {

	private static final String SAMPLE = "jdk.CPUTimeSample";

	private @Nullable Recording recording;

	private Map<CpuUse, Long> samples = Map.of();

	void start() {
		Recording recording = new Recording();
		recording.enable(SAMPLE).with("throttle", "500us").withStackTrace();
		recording.setMaxAge(Duration.ofMinutes(1));
		recording.start();
		this.recording = recording;
	}

	/**
	 * Ends it.
	 * @return how many samples there are
	 */
	long stop() {
		Map<CpuUse, Long> samples = new EnumMap<>(CpuUse.class);
		try (Recording recording = this.recording) {
			if (recording == null) {
				throw new IllegalStateException("not started");
			}
			recording.stop();
			Path file = Files.createTempFile("profile", ".jfr");
			recording.dump(file);
			for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
				if (event.getEventType().getName().equals(SAMPLE) && event.getStackTrace() != null) {
					samples.merge(CpuUse.of(event.getStackTrace().getFrames().get(0).getMethod()), 1L, Long::sum);
				}
			}
			Files.delete(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("a recording cannot be read", ex);
		}
		this.samples = samples;
		return samples.values().stream().mapToLong((count) -> count).sum();
	}

	/** How many samples there were of something. */
	long samples(CpuUse use) {
		return this.samples.getOrDefault(use, 0L);
	}

}
