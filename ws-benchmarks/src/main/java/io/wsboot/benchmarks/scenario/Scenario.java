package io.wsboot.benchmarks.scenario;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import io.wsboot.benchmarks.load.Broadcast;
import io.wsboot.benchmarks.load.ClosedLoop;
import io.wsboot.benchmarks.load.Conversations;
import io.wsboot.benchmarks.load.Handshakes;
import io.wsboot.benchmarks.load.OpenLoop;
import io.wsboot.benchmarks.load.Payloads;
import io.wsboot.benchmarks.load.StompBroadcast;
import io.wsboot.benchmarks.load.Target;
import io.wsboot.benchmarks.load.Traffic;
import io.wsboot.benchmarks.process.ServerKind;
import io.wsboot.benchmarks.server.ServerMode;

/**
 * What servers are measured with, in the order of the report.
 */
public enum Scenario {

	/** A conversation: every message waits for the one before. */
	ECHO_64_1("echo64x1", "64 B binary, 64 connections, 1 outstanding each", 15,
			(target) -> echo(target, Payloads.random(false, 64), 64, 1)),

	/** Saturation. */
	ECHO_64_32("echo64x32", "64 B binary, 64 connections, 32 outstanding each", 15,
			(target) -> echo(target, Payloads.random(false, 64), 64, 32)),

	/** A conversation in text. */
	TEXT_64_1("text64x1", "64 B text, 64 connections, 1 outstanding each", 15,
			(target) -> echo(target, Payloads.random(true, 64), 64, 1)),

	/** Saturation with text. */
	TEXT_64_32("text64x32", "64 B text, 64 connections, 32 outstanding each", 15,
			(target) -> echo(target, Payloads.random(true, 64), 64, 32)),

	/** Through byte arrays. */
	BYTES_64_32("bytes64x32", "64 B through `byte[]`, 64 connections, 32 outstanding each", 15, "/bytes",
			ServerMode.PLAIN, (target) -> echo(target, Payloads.random(false, 64), 64, 32)),

	/** Copying begins to matter. */
	ECHO_4K_4("echo4Kx4", "4 KiB binary, 64 connections, 4 outstanding each", 15,
			(target) -> echo(target, Payloads.random(false, 4096), 64, 4)),

	/** Copying is all that matters. */
	ECHO_1M("echo1M", "1 MiB binary, 8 connections, 1 outstanding each", 15,
			(target) -> echo(target, Payloads.random(false, 1 << 20), 8, 1)),

	/** Many connections. */
	ECHO_10K("echo10k", "64 B binary, 10,000 connections, 1 outstanding each", 1,
			(target) -> echo(target, Payloads.random(false, 64), 10_000, 1)),

	/** One to many. */
	FANOUT_1K("fanout1k", "one message of 64 B to 1,000 connections, per delivered message", 15, "/fanout",
			ServerMode.PLAIN, (target) -> fanout(target, 1000)),

	/** One to very many. */
	FANOUT_10K("fanout10k", "one message of 64 B to 10,000 connections, per delivered message", 1, "/fanout",
			ServerMode.PLAIN, (target) -> fanout(target, 10_000)),

	/** One to many, as applications do. */
	STOMP_1K("stomp1k", "one STOMP message of 64 B to 1,000 subscribers, per delivered message", 5, "/stomp",
			ServerMode.PLAIN, Scenario::stomp),

	/** New connections. */
	HANDSHAKES("handshakes", "new connections, 16 handshakes at once", 15, (target) -> new Handshakes(target, 16)),

	/** At a rate that every server can bear. */
	LATENCY_20K("latency20k", "latency at 20,000 messages of 64 B per second on 64 connections", 15,
			(target) -> atRate(target, 20_000)),

	/** At about half of what Netty can do at one outstanding. */
	LATENCY_80K("latency80k", "latency at 80,000 messages of 64 B per second on 64 connections", 15,
			(target) -> atRate(target, 80_000)),

	/** Encrypted. */
	TLS("tls64x32", "TLS 1.3, 64 B binary, 64 connections, 32 outstanding each", 2, "/echo", ServerMode.TLS,
			(target) -> echo(target, Payloads.random(false, 64), 64, 32)),

	/** Compressed both ways. */
	DEFLATE("deflate4Kx4",
			"permessage-deflate without context takeover, 4 KiB JSON, 64 connections, 4 outstanding each", 2, "/echo",
			ServerMode.DEFLATE, (target) -> echo(target, Payloads.json(4096), 64, 4)),

	/** Memory of connections that do nothing; see {@link IdleMemory}. */
	IDLE("idle19k", "19,000 idle connections, memory of each", 3,
			(target) -> echo(target, Payloads.random(false, 64), 1, 1));

	private final String id;

	private final String title;

	private final int rounds;

	private final String path;

	private final ServerMode mode;

	private final Source source;

	Scenario(String id, String title, int rounds, Source source) {
		this(id, title, rounds, "/echo", ServerMode.PLAIN, source);
	}

	Scenario(String id, String title, int rounds, String path, ServerMode mode, Source source) {
		this.id = id;
		this.title = title;
		this.rounds = rounds;
		this.path = path;
		this.mode = mode;
		this.source = source;
	}

	private static Traffic echo(Target target, Payloads payloads, int connections, int depth) throws IOException {
		return new ClosedLoop(Conversations.open(target, connections, payloads), depth);
	}

	private static Traffic fanout(Target target, int members) throws IOException {
		return new Broadcast(Conversations.open(target, members, Payloads.random(false, 64)));
	}

	private static Traffic stomp(Target target) throws IOException {
		Target publish = new Target(target.port(), "/publish", target.tls(), target.deflate());
		return StompBroadcast.open(target, publish, "/topic/all", 1000, Payloads.random(true, 64));
	}

	private static Traffic atRate(Target target, int rate) throws IOException {
		return new OpenLoop(Conversations.open(target, 64, Payloads.random(false, 64)), rate);
	}

	/**
	 * Its name on the command line and in files.
	 * @return the name
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Its name in tables.
	 * @return the name
	 */
	public String title() {
		return this.title;
	}

	/**
	 * How often it is worth its time, at most.
	 * @return rounds
	 */
	public int rounds() {
		return this.rounds;
	}

	/**
	 * What servers it needs.
	 * @return the mode
	 */
	public ServerMode mode() {
		return this.mode;
	}

	/**
	 * Whether its traffic also makes a server warm.
	 * @return false for what would take too long
	 */
	public boolean warmsUp() {
		return this != IDLE && this != ECHO_10K && this != FANOUT_10K && this != LATENCY_20K && this != LATENCY_80K;
	}

	/**
	 * Whether it shows something of its own where processor time goes.
	 * @return true if a profile of it is worth its time
	 */
	public boolean isProfiled() {
		return this == ECHO_64_1 || this == ECHO_64_32 || this == ECHO_4K_4 || this == FANOUT_1K || this == HANDSHAKES;
	}

	/**
	 * Whether a server can be measured with it.
	 * @param kind the server
	 * @return true if so
	 */
	public boolean suits(ServerKind kind) {
		if (kind == ServerKind.WS_PLAIN_OFF) {
			return this == ECHO_64_1 || this == ECHO_64_32 || this == ECHO_4K_4;
		}
		if (this == STOMP_1K) {
			return kind.hasSpringsApi();
		}
		return kind.has(this.mode) && (this != BYTES_64_32 || kind.hasEndpoints());
	}

	String path() {
		return this.path;
	}

	Traffic open(Target target) throws IOException {
		return this.source.open(target);
	}

	/**
	 * The scenarios that are named.
	 * @param names names and beginnings of names, separated by commas
	 * @return the scenarios
	 */
	public static List<Scenario> named(String names) {
		List<String> wanted = List.of(names.split(","));
		return Arrays.stream(values()).filter((scenario) -> wanted.stream().anyMatch(scenario.id::startsWith)).toList();
	}

	private interface Source {

		Traffic open(Target target) throws IOException;

	}

}
