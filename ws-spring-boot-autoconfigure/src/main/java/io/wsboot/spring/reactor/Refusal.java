package io.wsboot.spring.reactor;

import java.nio.charset.StandardCharsets;

import io.wsboot.Headers;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * Writes a refusal with the same short text as the server's own listener, and then closes
 * the connection, unless the connection carries other streams of HTTP/2.
 */
final class Refusal {

	private Refusal() {
	}

	static Mono<Void> write(ServerWebExchange exchange, int status, Headers refused) {
		ServerHttpResponse response = exchange.getResponse();
		HttpHeaders fields = response.getHeaders();
		response.setStatusCode(HttpStatusCode.valueOf(status));
		refused.fields().forEach((field) -> fields.add(field.name(), field.value()));
		if (isOneOfManyStreams(exchange)) {
			fields.remove(HttpHeaders.CONNECTION);
		}
		else {
			fields.add(HttpHeaders.CONNECTION, "close");
		}
		byte[] content = (status + " " + reason(status) + "\n").getBytes(StandardCharsets.US_ASCII);
		fields.set(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8");
		fields.setContentLength(content.length);
		if (exchange.getRequest().getMethod() == HttpMethod.HEAD) {
			return response.setComplete();
		}
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(content)));
	}

	private static boolean isOneOfManyStreams(ServerWebExchange exchange) {
		HttpServerRequest request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
		return request.version().majorVersion() > 1;
	}

	private static String reason(int status) {
		HttpStatus known = HttpStatus.resolve(status);
		if (known != null) {
			return known.getReasonPhrase();
		}
		return (status < 500) ? "Client Error" : "Server Error";
	}

}
