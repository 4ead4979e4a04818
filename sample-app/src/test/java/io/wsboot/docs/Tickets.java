package io.wsboot.docs;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.server.spi.HandshakeInterceptor;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class Tickets {

	@Bean
	HandshakeInterceptor ticketCheck() {
		return (request, next) -> {
			Optional<String> user = request.queryParam("ticket").flatMap(this::userOf);
			if (user.isEmpty()) {
				return CompletableFuture.completedFuture(HandshakeDecision.refuse(401));
			}
			return next.proceed(request)
				.thenApply((decision) -> (decision instanceof Accept accept)
						? accept.withPrincipal(user::get).withExpiry(Duration.ofHours(1), CloseStatus.POLICY_VIOLATION)
						: decision);
		};
	}

	private Optional<String> userOf(String ticket) {
		return ticket.equals("t-42") ? Optional.of("ann") : Optional.empty();
	}

}
