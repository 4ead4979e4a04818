package io.wsboot.benchmarks.process;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.wsboot.benchmarks.server.ServerMode;

/**
 * The servers, in the order of the tables.
 */
public enum ServerKind {

	/** The physical limit. */
	BARE_NIO("bare-nio", "bare NIO loop", EnumSet.of(ServerMode.PLAIN)),

	/** Ours in plain Java. */
	WS_PLAIN("ws-plain", "wsboot, plain Java"),

	/** Ours with everything off that can be. */
	WS_PLAIN_OFF("ws-plain-off", "wsboot, plain, limits and meters off", EnumSet.of(ServerMode.PLAIN)),

	/** Ours with Spring Boot. */
	WS_ENDPOINT_LOOP("ws-endpoint-loop", "wsboot, @WsEndpoint on the loop"),

	/** Ours with Spring Boot. */
	WS_ENDPOINT_POOL("ws-endpoint-pool", "wsboot, @WsEndpoint on the pool"),

	/** Ours with Spring Boot. */
	WS_ENDPOINT_VIRTUAL("ws-endpoint-virtual", "wsboot, @WsEndpoint on virtual threads"),

	/** Ours on another server's port. */
	WS_SHARED_TOMCAT("ws-shared-tomcat", "wsboot, @WsEndpoint on Tomcat's port",
			EnumSet.of(ServerMode.PLAIN, ServerMode.TLS)),

	/** Ours on another server's port. */
	WS_SHARED_TOMCAT_WIRE("ws-shared-tomcat-wire", "wsboot, @WsEndpoint over Tomcat's sockets",
			EnumSet.of(ServerMode.PLAIN, ServerMode.TLS)),

	/** Ours on another server's port. */
	WS_SHARED_JETTY("ws-shared-jetty", "wsboot, @WsEndpoint on Jetty's port",
			EnumSet.of(ServerMode.PLAIN, ServerMode.TLS)),

	/** Ours on another server's port. */
	WS_SHARED_JETTY_WIRE("ws-shared-jetty-wire", "wsboot, @WsEndpoint over Jetty's sockets",
			EnumSet.of(ServerMode.PLAIN, ServerMode.TLS)),

	/** Ours on another server's port. */
	WS_SHARED_NETTY("ws-shared-netty", "wsboot, @WsEndpoint on Reactor Netty's port",
			EnumSet.of(ServerMode.PLAIN, ServerMode.TLS)),

	/** Ours on another server's port. */
	WS_SHARED_NETTY_WIRE("ws-shared-netty-wire", "wsboot, @WsEndpoint over Netty's epoll sockets",
			EnumSet.of(ServerMode.PLAIN, ServerMode.TLS)),

	/** Spring's own API on our engine. */
	WS_SPRING_LOOP("ws-spring-loop", "wsboot, WebSocketHandler on the loop",
			EnumSet.of(ServerMode.PLAIN, ServerMode.TLS)),

	/** Spring's own API on our engine. */
	WS_SPRING_POOL("ws-spring-pool", "wsboot, WebSocketHandler on the pool",
			EnumSet.of(ServerMode.PLAIN, ServerMode.TLS)),

	/** Netty on java.nio. */
	NETTY_NIO("netty-nio", "Netty 4.2, NIO"),

	/** Netty on epoll. */
	NETTY_EPOLL("netty-epoll", "Netty 4.2, epoll"),

	/** Vert.x. */
	VERTX("vertx", "Vert.x 5"),

	/** Undertow. */
	UNDERTOW("undertow", "Undertow 2.3"),

	/** Jetty. */
	JETTY("jetty", "Jetty 12.1"),

	/** Spring WebSocket. */
	TOMCAT("tomcat", "Spring Boot 4 on Tomcat 11"),

	/** Java-WebSocket. */
	JAVA_WEBSOCKET("java-websocket", "Java-WebSocket 1.6"),

	/** Node. */
	NODE_WS("node-ws", "ws on Node");

	private final String id;

	private final String title;

	private final Set<ServerMode> modes;

	ServerKind(String id, String title) {
		this(id, title, EnumSet.allOf(ServerMode.class));
	}

	ServerKind(String id, String title, Set<ServerMode> modes) {
		this.id = id;
		this.title = title;
		this.modes = modes;
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
	 * Whether there is such a server.
	 * @param mode what is special about it
	 * @return true if so
	 */
	public boolean has(ServerMode mode) {
		return this.modes.contains(mode);
	}

	/**
	 * Whether it is a JVM.
	 * @return true if so
	 */
	public boolean isJava() {
		return this != NODE_WS;
	}

	/**
	 * Whether it is somebody else's, and a JVM.
	 * @return true if so
	 */
	public boolean isPeerOnJvm() {
		return isJava() && this != BARE_NIO && !this.id.startsWith("ws-");
	}

	/**
	 * Whether it is one of ours with Spring Boot.
	 * @return true if so
	 */
	public boolean hasEndpoints() {
		return this.id.startsWith("ws-endpoint");
	}

	/**
	 * Whether Spring's own WebSocket API is what its application is written with.
	 * @return true if so
	 */
	public boolean hasSpringsApi() {
		return this == WS_SPRING_LOOP || this == WS_SPRING_POOL || this == TOMCAT;
	}

	/**
	 * The servers that are named.
	 * @param names names and beginnings of names, separated by commas
	 * @return the servers
	 */
	public static List<ServerKind> named(String names) {
		List<String> wanted = List.of(names.split(","));
		return Arrays.stream(values()).filter((kind) -> wanted.stream().anyMatch(kind.id::startsWith)).toList();
	}

}
