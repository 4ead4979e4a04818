package io.wsboot.benchmarks.server;

/**
 * Starts one server, says on which port, and then answers the {@link Instruments} until
 * the standard input ends.
 */
public final class ServerMain {

	private ServerMain() {
	}

	/**
	 * The program.
	 * @param args name of a server, and its mode
	 * @throws Exception if the server does not start
	 */
	public static void main(String[] args) throws Exception {
		int port = server(args[0]).start(ServerMode.valueOf(args[1]));
		new Instruments(System.in, System.out).serve(port);
		Runtime.getRuntime().halt(0);
	}

	private static EchoServer server(String name) {
		return switch (name) {
			case "bare-nio" -> new BareLoop();
			case "ws-plain" -> new WsServerOfOurs(true);
			case "ws-plain-off" -> new WsServerOfOurs(false);
			case "ws-endpoint-loop" -> EndpointServer.onLoop();
			case "ws-endpoint-pool" -> EndpointServer.onPool();
			case "ws-endpoint-virtual" -> EndpointServer.onVirtualThreads();
			case "ws-shared-tomcat" -> EndpointServer.onTomcat();
			case "ws-shared-tomcat-wire" -> EndpointServer.onTomcatsWire();
			case "ws-shared-jetty" -> EndpointServer.onJetty();
			case "ws-shared-jetty-wire" -> EndpointServer.onJettysWire();
			case "ws-shared-netty" -> EndpointServer.onNetty();
			case "ws-shared-netty-wire" -> EndpointServer.onNettysWire();
			case "ws-spring-loop" -> EndpointServer.springOnLoop();
			case "ws-spring-pool" -> EndpointServer.springOnPool();
			case "netty-nio" -> NettyServer.nio();
			case "netty-epoll" -> NettyServer.epoll();
			case "vertx" -> new VertxServer();
			case "undertow" -> new UndertowServer();
			case "jetty" -> new JettyServer();
			case "tomcat" -> new TomcatServer();
			case "java-websocket" -> new JavaWebSocketServer();
			default -> throw new IllegalArgumentException("no server " + name);
		};
	}

}
