package io.wsboot.spring.reactor;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

import io.netty.channel.EventLoop;
import io.wsboot.Headers;
import io.wsboot.server.spi.Upgrade;
import io.wsboot.server.spi.UpgradeRequest;
import io.wsboot.server.spi.Upgrades;
import io.wsboot.server.spi.Upgrades.HostEndpoint;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;

/**
 * Has requests that come through Reactor Netty judged, answers them, and hands accepted
 * connections over. Nothing here blocks: the loop of the server that judges a request
 * gives way to the channel's event loop for everything that follows.
 */
public final class ReactorUpgrades {

	private static final Headers TRY_LATER = Headers.empty().with("Retry-After", "5");

	private final Supplier<? extends @Nullable Upgrades> server;

	private final HandOver handOver;

	/**
	 * Creates the door to the server.
	 * @param server returns the server's upgrades; null if the port is not shared
	 * @param takeOver whether sockets are taken over where that is possible
	 */
	public ReactorUpgrades(Supplier<? extends @Nullable Upgrades> server, boolean takeOver) {
		this.server = server;
		this.handOver = new HandOver(takeOver && TakeOver.isPossible());
	}

	/**
	 * Finds the endpoint that serves a path.
	 * @param path the path behind the base path, not decoded
	 * @return the endpoint's path as it was registered; empty if no endpoint matches, or
	 * if the port is not shared
	 */
	public Optional<String> find(String path) {
		Upgrades upgrades = this.server.get();
		return (upgrades != null) ? upgrades.find(path) : Optional.empty();
	}

	/**
	 * Tells whether the server serves requests of the port.
	 * @return false if {@link #upgrade} refuses every request
	 */
	public boolean isShared() {
		return this.server.get() != null;
	}

	/**
	 * Has a request judged that the server routes, and answers the request.
	 * @param exchange the exchange, behind the web filters
	 * @return completes when the request has been answered; the session of an accepted
	 * request lives on
	 */
	public Mono<Void> upgrade(ServerWebExchange exchange) {
		return upgrade(exchange, null, Map.of(), Upgrades::judge);
	}

	/**
	 * Has a request judged that the caller has routed, and answers the request.
	 * @param exchange the exchange, behind the web filters
	 * @param subprotocol the subprotocol that has been chosen; null if the endpoint is to
	 * choose
	 * @param attributes become attributes of the session
	 * @param endpoint returns the endpoint of the running server
	 * @return completes when the request has been answered; the session of an accepted
	 * request lives on
	 */
	public Mono<Void> upgrade(ServerWebExchange exchange, @Nullable String subprotocol, Map<String, Object> attributes,
			Function<Upgrades, HostEndpoint> endpoint) {
		return upgrade(exchange, subprotocol, attributes,
				(server, request) -> server.judge(request, endpoint.apply(server)));
	}

	private Mono<Void> upgrade(ServerWebExchange exchange, @Nullable String subprotocol, Map<String, Object> attributes,
			BiFunction<Upgrades, UpgradeRequest, CompletionStage<Upgrade>> judge) {
		Upgrades upgrades = this.server.get();
		if (upgrades == null) {
			return Refusal.write(exchange, 503, TRY_LATER);
		}
		HttpServerResponse reactor = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
		return ExchangeRequest.of(exchange, subprotocol, attributes)
			.flatMap((request) -> judged(judge.apply(upgrades, request), reactor))
			.doOnDiscard(Upgrade.class, Upgrade::abandon)
			.flatMap((upgrade) -> upgrade.isAccepted() ? accept(exchange, upgrade, reactor)
					: Refusal.write(exchange, upgrade.status(), upgrade.headers()));
	}

	/** Continues on the channel's event loop. */
	private static Mono<Upgrade> judged(CompletionStage<Upgrade> judging, HttpServerResponse response) {
		EventLoop loop = connection(response).channel().eventLoop();
		return Mono.create((sink) -> judging.whenCompleteAsync((upgrade, failure) -> {
			if (failure != null) {
				sink.error(failure);
			}
			else {
				sink.success(upgrade);
			}
		}, loop));
	}

	private Mono<Void> accept(ServerWebExchange exchange, Upgrade upgrade, HttpServerResponse reactor) {
		Connection connection = connection(reactor);
		ServerHttpResponse response = exchange.getResponse();
		return Mono.defer(() -> {
			EarlyFrames frames = EarlyFrames.of(connection.channel());
			if (frames == null || !frames.isHolding()) {
				throw new IllegalStateException(
						"the connection has not been prepared for an upgrade, see PreparedServer");
			}
			response.setRawStatusCode(upgrade.status());
			copy(upgrade.headers(), response.getHeaders());
			return response.setComplete().then(Mono.defer(() -> {
				frames.claim();
				return head(connection, reactor);
			}));
		})
			.doOnError((failure) -> upgrade.abandon())
			.doOnCancel(upgrade::abandon)
			.doOnSuccess((nothing) -> this.handOver.expect(connection, upgrade));
	}

	/** Writes the head of the answer, and no field that tells how long a body is. */
	private static Mono<Void> head(Connection connection, HttpServerResponse response) {
		if (connection.channel().pipeline().get(NettyPipeline.HttpTrafficHandler) != null) {
			// It would ask the client to close after the last request of a connection.
			connection.channel().pipeline().remove(NettyPipeline.HttpTrafficHandler);
		}
		return response.chunkedTransfer(false).sendHeaders().then();
	}

	static void copy(Headers from, HttpHeaders to) {
		from.fields().forEach((field) -> to.add(field.name(), field.value()));
	}

	private static Connection connection(HttpServerResponse response) {
		return (Connection) response;
	}

}
