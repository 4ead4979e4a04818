package io.wsboot.benchmarks.scenario;

/**
 * How long things take, in seconds.
 *
 * @param settle before what is measured, each time, at least
 * @param calm the same at most: as soon as the server's JIT compiler has nothing to do
 * @param measured what is measured, each time
 * @param firstWarmUp a new process at saturation, which is when the JIT compiler has most
 * to do
 * @param warmUp a new process with each other scenario
 */
public record Timing(double settle, double calm, double measured, double firstWarmUp, double warmUp) {
}
