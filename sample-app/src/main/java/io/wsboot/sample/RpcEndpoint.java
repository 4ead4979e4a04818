package io.wsboot.sample;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import tools.jackson.databind.JsonNode;

import io.wsboot.CloseStatus;
import io.wsboot.WsSession;
import io.wsboot.spring.annotation.MessageConversionException;
import io.wsboot.spring.annotation.OnError;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;

/**
 * Calls and answers as JSON. Authentication belongs to the session; answers come when
 * they are ready, in any order.
 */
@WsEndpoint("/rpc")
class RpcEndpoint {

	static final long MAX_SLEEP_MILLIS = 10_000;

	static final int MAX_SLEEPING = 16;

	static final int MAX_FAILED_LOGINS = 5;

	private static final String USER = "user";

	private static final String SLEEPING = "sleeping";

	private static final String FAILED_LOGINS = "failed-logins";

	private final DemoUsers users;

	RpcEndpoint(DemoUsers users) {
		this.users = users;
	}

	@OnMessage
	CompletionStage<RpcResponse> call(RpcRequest request, WsSession session) {
		JsonNode id = request.id();
		try {
			return invoke(request, session).thenApply((result) -> new RpcResponse(id, result, null));
		}
		catch (RpcException ex) {
			return CompletableFuture.completedFuture(new RpcResponse(id, null, ex.getMessage()));
		}
	}

	@OnError
	RpcResponse unreadable(MessageConversionException ex) {
		return new RpcResponse(null, null,
				"a call looks like this: {\"method\": \"sleep\", \"args\": [100], \"id\": 1}");
	}

	private CompletionStage<?> invoke(RpcRequest request, WsSession session) {
		List<JsonNode> args = Optional.ofNullable(request.args()).orElse(List.of());
		return switch (Optional.ofNullable(request.method()).orElse("")) {
			case "auth" -> auth(new RpcArguments("auth(user, password)", 2, args), session);
			case "getUsers" -> getUsers(new RpcArguments("getUsers()", 0, args), session);
			case "sleep" -> sleep(new RpcArguments("sleep(milliseconds)", 1, args), session);
			case "" -> throw new RpcException("\"method\" is missing");
			default -> throw new RpcException("no such method; there are auth, getUsers and sleep");
		};
	}

	private CompletionStage<String> auth(RpcArguments args, WsSession session) {
		String user = args.text(0);
		if (!this.users.match(user, args.text(1))) {
			session.attributes().remove(USER);
			if (counter(session, FAILED_LOGINS).incrementAndGet() >= MAX_FAILED_LOGINS) {
				session.close(CloseStatus.POLICY_VIOLATION.withReason("too many failed logins"));
			}
			throw new RpcException("wrong user or password");
		}
		session.attributes().put(USER, user);
		return CompletableFuture.completedFuture(user);
	}

	private CompletionStage<List<String>> getUsers(RpcArguments args, WsSession session) {
		if (!session.attributes().containsKey(USER)) {
			throw new RpcException("call auth(user, password) first");
		}
		return CompletableFuture.completedFuture(this.users.names());
	}

	/** Answers later without keeping a thread meanwhile. */
	private CompletionStage<Long> sleep(RpcArguments args, WsSession session) {
		long millis = args.wholeNumber(0, 0, MAX_SLEEP_MILLIS);
		AtomicInteger sleeping = counter(session, SLEEPING);
		if (sleeping.incrementAndGet() > MAX_SLEEPING) {
			sleeping.decrementAndGet();
			throw new RpcException("at most " + MAX_SLEEPING + " calls may sleep at once");
		}
		return new CompletableFuture<Long>().completeOnTimeout(millis, millis, TimeUnit.MILLISECONDS)
			.whenComplete((slept, error) -> sleeping.decrementAndGet());
	}

	private static AtomicInteger counter(WsSession session, String name) {
		return (AtomicInteger) session.attributes().computeIfAbsent(name, (key) -> new AtomicInteger());
	}

}
