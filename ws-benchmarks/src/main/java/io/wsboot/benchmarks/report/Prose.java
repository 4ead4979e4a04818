package io.wsboot.benchmarks.report;

/** What does not change from run to run. */
final class Prose {

	static final String INTRODUCTION = """
			# Benchmarks

			Made by `ws-benchmarks/run --docs docs --jmh --profile`; nothing here is written by hand. To repeat a part of it:
			`ws-benchmarks/run --servers ws-plain,netty --scenarios echo64 --rounds 3 --seconds 2`.

			- Each server runs in a process of its own on core 0, with one event loop where that can be chosen; the load
			  is one thread on core 1. Servers that are not being measured are stopped (SIGSTOP). Each is warmed up first,
			  and rounds are interleaved: all servers with one scenario, then the next scenario, then the next round.
			- *Server CPU* is user and system time of the whole process as Linux counts it, divided by messages. It is
			  what to compare: a server whose core is not at 100 % waited for the load, or the load for it.
			- Numbers are medians of the rounds, with (least .. most); ratios are taken round by round.
			- The load compares every byte of every reply with what it must be. It is no bottleneck where *load core* is
			  below 100 %; that of the latency runs spins on purpose. *Bare NIO loop* is what the same load gets out of a
			  server that does nothing but read, unmask and write: the limit of this machine.
			- wsboot has all limits, timers and Micrometer meters on, but for the row that says otherwise. Peers are set up
			  as their documentation shows, with TCP_NODELAY, and limits raised where 1 MiB would not pass; but not Tomcat's,
			  which reserves for each connection as much as its limit says.
			- Latency counts from the moment at which a message was due, whether the load was late or not.
			- *Bytes allocated* are those of all threads of the server's JVM. Memory of idle connections is what a fresh
			  process has more after 19,000 of them came: live heap after a collection, and resident memory. Its young
			  generation is 16 MB, so that garbage of the handshakes hardly counts; elsewhere it is 128 MB. The collector
			  is the serial one, which is the JVM's own choice on one core.

			""";

	static final String AIMS = """
			Ratios of server CPU unless they say otherwise. A `no` is work to do, unless the bare loop misses it too, which
			does nothing but move bytes: that is one system call for each delivered message of a fan-out, and the JDK's
			channel, key and socket for each idle connection.

			""";

	static final String PARTS = """
			One thread, warm caches. GB/s are of the payload. `System.arraycopy` of the same bytes is the physical limit.

			""";

	static final String PROFILE = """
			Where that goes, in percent of what the Java threads use; write delivers to the client too, on loopback:

			""";

	private Prose() {
	}

}
