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
			case "ws-shared-tomcat" -> SharedServer.onTomcat();
			case "ws-shared-tomcat-wire" -> SharedServer.onTomcatsWire();
			case "ws-shared-jetty" -> SharedServer.onJetty();
			case "ws-shared-jetty-wire" -> SharedServer.onJettysWire();
			case "ws-shared-netty" -> SharedServer.onNetty();
			case "ws-shared-netty-wire" -> SharedServer.onNettysWire();
			case "ws-spring-loop" -> SharedServer.springOnLoop();
			case "ws-spring-pool" -> SharedServer.springOnPool();
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
