package io.wsboot.benchmarks.report;

/** What does not change from run to run. */
final class Prose {

	static final String SUMMARY = """
			# Benchmarks

			What these figures say, of one core of a shared machine, each server with one thread where that can be chosen:

			- *Small messages*: an echo costs about what the bare loop costs, a server that does nothing but read, unmask and write: 7 µs
			  if it comes alone, a third of a µs with 32 outstanding. System calls are most of it.
			- *Beside peers*: with 32 outstanding wsboot takes less than half of the processor time of the best peer on the JVM, and on the loop about a
			  twentieth of that of Spring Boot on Tomcat. If messages come alone, system calls are nearly all that counts, and the best peers are close.
			- *4 KiB and 1 MiB*: a half and two thirds of the best peer's time.
			- *Annotations*: an echo by a method of an `@WsEndpoint` on the loop costs a fifth more than one by a plain handler.
			- *Workers*: for small messages the same method costs about half a µs more on the pool than on the loop.
			- *Memory*: 1.6 KB of heap for an idle session, two fifths of it the JDK's own.
			- *Behind a peer*: fan-out to 10,000, and handshakes, which cost a sixth more than Netty's. The table of aims says what else is missed.
			- *Latency* is the machine's, mostly: the spreads are wider than the differences.

			On this page: [all scenarios](#server-cpu-per-message-in-µs) · [aims](#what-is-aimed-at) · [why some are missed](#where-an-aim-is-missed) · [how it is measured](#how-it-is-measured) · one section for each scenario,
			from [echo64x1](#echo64x1) to [idle19k](#idle19k) · [parts](#parts-jmh) · [rooms](#rooms) · [failures](#what-failed)
			""";

	static final String METHOD = """
			Made by `ws-benchmarks/run --docs docs --jmh --profile --rounds 3 --seconds 1`; no number in a table is written
			by hand. To repeat a part of it:
			`ws-benchmarks/run --servers ws-plain,netty --scenarios echo64 --rounds 3 --seconds 2`.

			- Each server runs in a process of its own on core 0, with one event loop where that can be chosen; the load
			  is one thread on core 1. Servers that are not being measured are stopped (SIGSTOP). Each is warmed up first,
			  and rounds are interleaved: all servers with one scenario, then the next scenario, then the next round. Each
			  time the JIT compiler is let come to rest first, for 8 s at most: a scenario that has just begun keeps it busy for
			  seconds, in which it takes a fifth of the processor time and makes the latencies; *compiler %* is what is left.
			- *Server CPU* is user and system time of the whole process as Linux counts it, divided by messages. It is
			  what to compare: a server whose core is not at 100 % waited for the load, or the load for it. *User* is what of
			  it was not spent in the kernel, which is all that a server on the JVM can do better than another if both
			  make the same system calls; most of the noise is in the rest.
			- Numbers are medians of the rounds, with (least .. most); ratios are taken round by round.
			- The load compares every byte of every reply with what it must be. It is no bottleneck where *load core* is
			  below 100 %; that of the latency runs spins on purpose. *Bare NIO loop* is what the same load gets out of a
			  server that does nothing but read, unmask and write: the limit of this machine.
			- wsboot has all limits, timers and Micrometer meters on, but for the row that says otherwise. Peers are set up
			  as their documentation shows, with TCP_NODELAY, and limits raised where 1 MiB would not pass; but not Tomcat's,
			  which reserves for each connection as much as its limit says.
			- Latency counts from the moment at which a message was due, whether the load was late or not. *p99 of a tenth* is the
			  median of the 99th percentiles of each tenth of a second: where the machine stands still for 10 ms, a
			  second's own 99th percentile is that.
			- *Bytes allocated* are those of all threads of the server's JVM. Memory of idle connections is what a
			  process has more after 19,000 of them came: live heap after a collection, and resident memory. It is a fresh
			  one in which 10,000 others have come and gone, 100 at a time: what the JVM takes once (compilers, a young
			  generation of 16 MB; elsewhere it is 128 MB) is not counted. The collector is the serial one, which is the
			  JVM's own choice on one core.

			""";

	static final String AIMS = """
			Ratios of server CPU unless they say otherwise.

			""";

	static final String MISSED = """
			- *64 B, 32 outstanding*: three quarters are system calls, one read and one write for 32 messages, which is what the bare
			  loop makes too, and it is no further ahead of Netty. User time is a seventh of Netty's and half as much again as the
			  bare loop's. It was nearly twice as much in a server that had done other things before, as the compiler cut the way of a
			  message into other pieces each time; [now it cannot](architecture.md#a-frames-journey). Reading a short frame in one go
			  took a quarter off that part.
			- *`@WsEndpoint` on the loop*: the call of the method costs 16 ns more than that of a plain handler, and 24 bytes for its
			  arguments. The whole message takes 30 ns more of user time with 32 outstanding, and half a microsecond, which nobody has explained, if it
			  comes alone. The rest of the difference is time in the kernel, where the two do the same. When a plain handler's message took 0.35 µs
			  rather than 0.28, the ratio was 0.97.
			- *Fan-out* is one system call for each member, which is nearly all of it, see the profile below; the bare loop takes it
			  too, and is no further ahead of Netty. In user time it is less than half of Netty's. Writing at once, rather than at the end of the round, was
			  tried: a tenth less for a message that comes alone, but where several come in a round each member gets one write for
			  all of them now, and would get one for each. Kept as it is.
			- *Memory of idle connections*: of the heap two fifths are the JDK's channel, key and addresses. Ours were 1,247 bytes
			  and are 935 now; what they are is in [memory.md](memory.md). Resident memory differs
			  by hundreds of bytes from round to round, as the JVM decides when it touches what.
			- *Handshakes* take more than a quarter more user time than the bare loop's, which looks for one field and checks nothing,
			  and less than any peer's but Netty's epoll transport. What is left is the thread that accepts, which that does without: with
			  it, a handler that blocks its loop keeps nobody from connecting. Handing over several connections with one wake-up was
			  tried, and did not pay.
			- *On workers, 1 outstanding*: two thirds are the write call, and the bare loop itself takes nearly half of Tomcat's time.
			  In user time the pool takes a third of it; a virtual thread's turn costs half a microsecond more than a pool thread's.
			- *Limits, meters and timers*: within noise. The spreads go both ways, in user time too.
			- *Latencies* are the machine's, mostly: the bare loop, which has nothing that could stop it, is no better, and the
			  spread of each server is wider than what is between them. With 12 bytes allocated for each message on the loop,
			  the young generation lasts for ten million of them.

			Tried, and dropped again: reading into an array rather than a direct buffer, so that frames are read without any call
			of a buffer's. Short frames took 22 ns instead of 31, but a server as a whole was no quicker with them, and took a quarter
			more user time for 4 KiB, as the JDK copies what it reads.
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

	static final String ROOMS = """
			A broadcast of five bytes to the members of one room of `/rooms/{room}`, and counting them, while the other sessions of the same
			endpoint are in rooms of ten. The server finds the members by an index of the path variable: the time follows the members, not the
			others. Broadcast includes encoding once and queueing for each member; the sockets' readers run on the same two cores.

			""";

	private Prose() {
	}

}
