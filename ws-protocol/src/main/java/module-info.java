/**
 * WebSocket server for plain Java: {@link io.wsboot} holds what an application sees,
 * {@link io.wsboot.server} runs it on {@code java.nio}. Everything else is private to the
 * module.
 */
module io.wsboot.protocol {

	requires static org.jspecify;

	exports io.wsboot.server.config;
	exports io.wsboot.server.spi;
	exports io.wsboot.server;
	exports io.wsboot;

}
