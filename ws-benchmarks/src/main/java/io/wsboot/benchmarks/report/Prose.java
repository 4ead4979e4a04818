package io.wsboot.benchmarks.report;

/** What does not change from run to run. */
final class Prose {

	static final String INTRODUCTION = """
			# Benchmarks

			Made by `ws-benchmarks/run --docs docs --jmh --profile`; no number is written by hand. What is said below of
			several runs put together is. To repeat a part of it:
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
			- *Bytes allocated* are those of all threads of the server's JVM. Memory of idle connections is what a
			  process has more after 19,000 of them came: live heap after a collection, and resident memory. It is a fresh
			  one in which 10,000 others have come and gone, 100 at a time: what the JVM takes once (compilers, a young
			  generation of 16 MB; elsewhere it is 128 MB) is not counted. The collector is the serial one, which is the
			  JVM's own choice on one core.

			""";

	static final String AIMS = """
			Ratios of server CPU unless they say otherwise. Where an aim is missed, or nearly:

			- *Fan-out* is one system call for each member, and that call is most of it, see the profile below; it is what the
			  bare loop takes too. Writing at once, rather than at the end of the round, was tried: a tenth less for a message
			  that comes alone, but where several come in a round each member gets one write for all of them now, and would
			  get one for each. Kept as it is.
			- *Memory of idle connections*: of the heap two fifths are the JDK's channel, key and addresses. Ours were 1,247 bytes
			  and are 935 now; what they are is in [memory.md](memory.md). Resident memory differs
			  by hundreds of bytes from round to round, as the JVM decides when it touches what.
			- *Handshakes*: reading and answering one takes a third of what it took, and a fifth of the memory. What is left
			  is the thread that accepts, which the peers that are ahead do not have: with it, a handler that blocks its loop
			  keeps nobody from connecting. Handing over several connections with one wake-up was tried, and did not pay.
			- *64 B, 32 outstanding*: two thirds are system calls, one read and one write for 32 messages. A server that has
			  done many things spends more of it in the JDK than one that has not, and why is not known yet: switching off
			  the compiler's limit for inlining (`-XX:-ClipInlining`) changed nothing. That is work to do.

			""";

	static final String PEERS = """
			No peer on the JVM is to be ahead in anything; best is who has the lowest median. (CPU; resident memory of idle
			connections.)

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
