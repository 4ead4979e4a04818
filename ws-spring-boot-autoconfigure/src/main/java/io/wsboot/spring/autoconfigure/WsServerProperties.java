package io.wsboot.spring.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.wsboot.Execution;
import io.wsboot.server.config.OverflowPolicy;
import io.wsboot.server.config.ProxyOptions;
import io.wsboot.server.config.TlsOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The WebSocket server's properties.
 *
 * @param enabled Whether to start the WebSocket server.
 * @param address Local address to listen on, or "unix:" with the path of a Unix-domain
 * socket behind it. Any address by default.
 * @param unixPermissions Permissions of the Unix-domain socket, such as "rw-rw----". What
 * the umask of the process leaves by default.
 * @param port TCP port to listen on; 0 for a free one. Means nothing on a Unix-domain
 * socket. If neither this nor address nor ssl.bundle is set, the port of the
 * application's web server is shared; without one that can be, it is 8090.
 * @param backlog Connections that the operating system may hold before they are accepted.
 * @param eventLoops Number of event loops, which are threads that serve connections. As
 * many as there are processors by default.
 * @param maxFrameSize Largest payload of an incoming frame. As max-message-size by
 * default, and never above it.
 * @param maxMessageSize Largest payload of an incoming message.
 * @param maxFragments Largest number of frames of an incoming message.
 * @param fragmentationThreshold Payload size above which outgoing messages leave in
 * several frames; 0 to never split.
 * @param idleTimeout How long a session may bring no byte before it is closed; 0 for
 * ever.
 * @param pingInterval After how long without a byte from a client it is sent a ping; 0
 * for never. By default 25s, or 5/12 of idle-timeout if that is less. Must be below
 * idle-timeout.
 * @param pongTimeout How long after a ping a byte must come before the connection is
 * dropped; 0 for ever. By default 20s, or a third of idle-timeout if that is less.
 * @param closeTimeout How long a client may take to answer a close frame.
 * @param maxLifetime After how long a session is closed whatever it does. Never by
 * default.
 * @param maxConnections Largest number of sessions open at once.
 * @param maxConnectionsPerAddress Largest number of sessions open at once from one remote
 * address. No limit of its own by default.
 * @param ipv6PrefixLength How many bits of an IPv6 address stand for one client, from 1
 * to 128. IPv4 addresses count whole.
 * @param maxConnectionsPerPrincipal Largest number of sessions open at once of one
 * principal. No limit by default.
 * @param maxHandshakesPerSecond Handshakes per second of the whole server that endpoints
 * are asked about, with bursts of one second's worth. No limit by default.
 * @param trustedProxies Addresses of proxies that are believed about the address of a
 * client and the host that it asked for, or ranges such as "10.0.0.0/8"; "unix" for those
 * that connect to a Unix-domain socket. None by default.
 * @param proxyProtocol Whether connections of trusted proxies begin with a header of the
 * PROXY protocol, version 1 or 2.
 * @param forwardedHeaders Header fields that trusted proxies write; no others are read.
 * @param allowedOrigins Origins of pages that may connect, such as "https://example.org".
 * An asterisk stands for any part of one host label or of the port, and alone for all
 * origins; "null" for pages that have none, "file://" for files. None by default, beside
 * pages of the same host.
 * @param allowSameHost Whether pages of the same host may connect, beside those of
 * allowed-origins.
 * @param execution Where callbacks of endpoints run that do not say so themselves.
 * @param healthPath Path at which probes of load balancers are answered with 200, and
 * with 503 while the server stops. None by default.
 * @param handshake The opening handshake.
 * @param inbound What comes in.
 * @param outbound What waits to go out.
 * @param compression Compression of messages (permessage-deflate), for clients that offer
 * it.
 * @param shutdown How sessions are closed when the server stops.
 * @param ssl Encryption of connections.
 * @param web Sharing the port of the application's web server.
 * @param springWebsocket Spring's own WebSocket API, if the application uses it.
 * @param security Who may connect, if the application uses Spring Security.
 * @param observations Observations of handshakes and callbacks, which traces are made of.
 */
@ConfigurationProperties("ws.server")
public record WsServerProperties(@DefaultValue("true") boolean enabled, @Nullable String address,
		@Nullable String unixPermissions, @Nullable Integer port, @DefaultValue("1024") int backlog,
		@Nullable Integer eventLoops, @Nullable DataSize maxFrameSize, @DefaultValue("256KB") DataSize maxMessageSize,
		@DefaultValue("1024") int maxFragments, @DefaultValue("64KB") DataSize fragmentationThreshold,
		@DefaultValue("60s") Duration idleTimeout, @Nullable Duration pingInterval, @Nullable Duration pongTimeout,
		@DefaultValue("5s") Duration closeTimeout, @Nullable Duration maxLifetime,
		@DefaultValue("10000") int maxConnections, @Nullable Integer maxConnectionsPerAddress,
		@DefaultValue("64") int ipv6PrefixLength, @Nullable Integer maxConnectionsPerPrincipal,
		@Nullable Integer maxHandshakesPerSecond, @DefaultValue List<String> trustedProxies,
		@DefaultValue("false") boolean proxyProtocol,
		@DefaultValue("x-forwarded") ProxyOptions.Headers forwardedHeaders, @DefaultValue List<String> allowedOrigins,
		@DefaultValue("true") boolean allowSameHost, @DefaultValue("auto") Execution execution,
		@Nullable String healthPath, @DefaultValue Handshake handshake, @DefaultValue Inbound inbound,
		@DefaultValue Outbound outbound, @DefaultValue Compression compression, @DefaultValue Shutdown shutdown,
		@DefaultValue Ssl ssl, @DefaultValue Web web, @DefaultValue SpringWebsocket springWebsocket,
		@DefaultValue Security security, @DefaultValue Observations observations) {

	/**
	 * The opening handshake.
	 *
	 * @param timeout How long it may take from accepting the connection to the answer.
	 * @param maxRequestLine Largest request line.
	 * @param maxHeaders Largest number of header lines.
	 * @param maxHeadersSize Largest size of all header lines together.
	 */
	public record Handshake(@DefaultValue("10s") Duration timeout, @DefaultValue("8KB") DataSize maxRequestLine,
			@DefaultValue("8KB") DataSize maxHeadersSize, @DefaultValue("100") int maxHeaders) {
	}

	/**
	 * What comes in.
	 *
	 * @param maxPendingMessages Messages that may wait for a slow callback; then the
	 * session is not read until half of them are done.
	 * @param maxPendingBytes Payload of such messages; then the connection is not read
	 * until half of it is done.
	 * @param maxMessagesPerSecond Messages per second that a session may bring, with
	 * bursts of one second's worth. No limit by default.
	 * @param maxControlFramesPerSecond Pings and pongs per second that a session may
	 * bring, with bursts of one second's worth.
	 * @param maxBytesPerSecond Payload of messages per second that a session may bring,
	 * with bursts of one second's worth; so a message that is bigger never comes through
	 * whole. No limit by default.
	 * @param maxTotalPending Memory that all clients together may take for what has
	 * arrived and has not been handled: unfinished messages, and those that wait for a
	 * callback or are with one. Above it those that take the most are closed. 0 for no
	 * limit. An eighth of the largest heap by default.
	 */
	public record Inbound(@DefaultValue("256") int maxPendingMessages, @DefaultValue("1MB") DataSize maxPendingBytes,
			@Nullable Integer maxMessagesPerSecond, @DefaultValue("1000") int maxControlFramesPerSecond,
			@Nullable DataSize maxBytesPerSecond, @Nullable DataSize maxTotalPending) {
	}

	/**
	 * What waits to go out.
	 *
	 * @param maxQueued Bytes that may wait for one slow client.
	 * @param highWaterMark Bytes from which on senders are told that the session is
	 * congested. By default 64KB, or as max-queued if that is less. Must not be above
	 * max-queued.
	 * @param overflow What happens to a message that does not fit.
	 * @param stallTimeout How long a client with bytes waiting may take none of them
	 * before the connection is dropped; 0 for ever.
	 * @param maxTotalQueued Bytes that may wait for all clients together; above it those
	 * that most waits for are closed. A broadcast counts for each client that it waits
	 * for. 0 for no limit. A quarter of the largest heap by default.
	 */
	public record Outbound(@DefaultValue("1MB") DataSize maxQueued, @Nullable DataSize highWaterMark,
			@DefaultValue("close") OverflowPolicy overflow, @DefaultValue("30s") Duration stallTimeout,
			@Nullable DataSize maxTotalQueued) {
	}

	/**
	 * Compression of messages.
	 *
	 * @param enabled Whether to agree on it.
	 * @param level From 1 (fastest) to 9 (smallest).
	 * @param threshold Size from which on an outgoing message is compressed; 0 to
	 * compress every one.
	 * @param contextTakeover Whether messages may refer to the ones before. They get
	 * smaller, at the price of some 300 KB for each connection. Outgoing messages never
	 * do unless outbound.overflow is close.
	 */
	public record Compression(@DefaultValue("false") boolean enabled, @DefaultValue("6") int level,
			@DefaultValue("1KB") DataSize threshold, @DefaultValue("false") boolean contextTakeover) {
	}

	/**
	 * How sessions are closed when the server stops.
	 *
	 * @param batchSize Sessions that are closed at once.
	 * @param batchInterval Pause between two batches, so that clients do not all come
	 * back at the same moment elsewhere.
	 * @param timeout How long a stop may take in all; then what is left is dropped. Cut
	 * to spring.lifecycle.timeout-per-shutdown-phase if that is shorter.
	 */
	public record Shutdown(@DefaultValue("500") int batchSize, @DefaultValue("100ms") Duration batchInterval,
			@DefaultValue("20s") Duration timeout) {
	}

	/**
	 * Encryption of connections.
	 *
	 * @param bundle Name of the SSL bundle that holds the server's certificate. Without
	 * it connections are not encrypted.
	 * @param clientAuth Whether clients must show a certificate, which the bundle's
	 * truststore is asked about.
	 */
	public record Ssl(@Nullable String bundle, @DefaultValue("none") TlsOptions.ClientAuth clientAuth) {
	}

	/**
	 * Sharing the port of the application's web server.
	 *
	 * @param enabled Whether the endpoints are served on the web server's port. By
	 * default they are if a web server is there whose port can be shared, and nothing
	 * asks for a listener of their own. If true beside a port, they are served on both.
	 * @param takeOver Whether sockets move from the web server to the event loops. If
	 * false, the web server keeps them and passes bytes on, which is slower.
	 * @param httpSessionAttributes Names of attributes of the HttpSession that become
	 * attributes of the WebSocket session. None by default.
	 * @param sessionEndCloseCode Close code of sessions whose HttpSession ends, by logout
	 * or expiry.
	 */
	public record Web(@Nullable Boolean enabled, @DefaultValue("true") boolean takeOver,
			@DefaultValue List<String> httpSessionAttributes, @DefaultValue("1008") int sessionEndCloseCode) {
	}

	/**
	 * Spring's own WebSocket API, if the application uses it.
	 *
	 * @param enabled Whether this server upgrades what the application has registered
	 * with Spring (@EnableWebSocket, @EnableWebSocketMessageBroker, GraphQL) if the port
	 * of the application's web server is shared. If false, the web server does.
	 * @param execution Where Spring's handlers are called. They may block on workers; on
	 * the event loop, which is faster, no handler, decorator or channel interceptor may
	 * ever block or take long, and no message channel may run its tasks on the calling
	 * thread.
	 */
	public record SpringWebsocket(@DefaultValue("true") boolean enabled, @DefaultValue("worker") Execution execution) {
	}

	/**
	 * Who may connect, if the application uses Spring Security.
	 *
	 * @param enabled Whether handshakes are authenticated. An application that has
	 * nothing to authenticate them with does not start unless this is false, or all its
	 * endpoints are for anybody.
	 * @param permitAll Paths of endpoints, as they are registered or ending in "/**" for
	 * all below, that anybody may connect to. Ignored if there is a bean of type
	 * EndpointAuthorization.
	 * @param basic Whether user name and password are taken by HTTP Basic, if the
	 * application has something that verifies them.
	 * @param bearer Whether bearer tokens are taken, if the application has something
	 * that verifies them.
	 * @param tokenInQuery Whether the query parameter "access_token" may hold the bearer
	 * token. It may then end up in logs of proxies.
	 * @param tokenInSubprotocol Whether the subprotocol that a client offers behind
	 * "access_token" may be the bearer token.
	 * @param clientCertificate Whether a client's TLS certificate says who it is.
	 * @param expiryCloseCode Close code of sessions whose token expires.
	 */
	public record Security(@DefaultValue("true") boolean enabled, @DefaultValue List<String> permitAll,
			@DefaultValue("true") boolean basic, @DefaultValue("true") boolean bearer,
			@DefaultValue("false") boolean tokenInQuery, @DefaultValue("false") boolean tokenInSubprotocol,
			@DefaultValue("false") boolean clientCertificate, @DefaultValue("1008") int expiryCloseCode) {
	}

	/**
	 * Observations of handshakes and callbacks.
	 *
	 * @param enabled Whether to observe them where there is an ObservationRegistry; by
	 * default only where there is a Tracer too.
	 * @param excludedEndpoints Paths of endpoints that are not observed, as registered.
	 */
	public record Observations(@Nullable Boolean enabled, @DefaultValue List<String> excludedEndpoints) {
	}

}
