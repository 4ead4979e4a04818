package io.wsboot.spring.actuate;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.wsboot.CloseStatus;
import io.wsboot.WsSession;
import io.wsboot.WsSessions;
import io.wsboot.server.TrafficLog;
import io.wsboot.server.WsServer;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * The actuator endpoint {@code websockets}. Reads show the server with its endpoints,
 * loops, limits and a page of its sessions, or one session. With access
 * {@code unrestricted}, writes switch the traffic log of a session, and deletes close one
 * or many sessions.
 */
@Endpoint(id = "websockets", defaultAccess = Access.READ_ONLY)
public final class WebSocketsEndpoint {

	private static final int DEFAULT_PAYLOAD = 100;

	/** RFC 9110 §15.5.10. */
	private static final int CONFLICT = 409;

	private final Supplier<@Nullable WsServer> server;

	private final Supplier<ServerPlace> place;

	private final BooleanSupplier draining;

	/**
	 * Creates the endpoint.
	 * @param server finds the running server, null if none runs
	 * @param place tells where clients find the running server
	 * @param draining whether the server is about to stop and refuses new sessions
	 */
	public WebSocketsEndpoint(Supplier<@Nullable WsServer> server, Supplier<ServerPlace> place,
			BooleanSupplier draining) {
		this.server = server;
		this.place = place;
		this.draining = draining;
	}

	/**
	 * Describes the server and a page of its sessions, in the order of their ids.
	 * @param endpoint selects the sessions of the endpoint with this path, as registered;
	 * null for all
	 * @param principal selects the sessions of the principal with this name; null for all
	 * @param after selects sessions with a larger id: {@code next} of the page before;
	 * null for all
	 * @param page the number of the page, from 0, which is the default
	 * @param size sessions on a page, 0 to {@value SessionPage#MAX_SIZE}; by default
	 * {@value SessionPage#DEFAULT_SIZE}
	 * @return the description
	 * @throws InvalidEndpointRequestException if page or size is out of range (400)
	 */
	@ReadOperation
	public ServerDescription server(@Nullable String endpoint, @Nullable String principal, @Nullable String after,
			@Nullable Integer page, @Nullable Integer size) {
		WsServer running = this.server.get();
		if (running == null) {
			return ServerDescription.STOPPED;
		}
		SessionPage sessions = SessionPage.of(selected(running, endpoint, principal), after, page, size);
		return ServerDescription.of(running, this.place.get(), this.draining.getAsBoolean(), sessions);
	}

	/**
	 * Describes one session.
	 * @param id the session's id
	 * @return the description, null (404) if no such session is open
	 */
	@ReadOperation
	public @Nullable SessionDescription session(@Selector String id) {
		return find(id).map(SessionDescription::of).orElse(null);
	}

	/**
	 * Switches the {@link TrafficLog} of one session on or off.
	 * @param id the session's id
	 * @param trafficLog true to log the session's traffic
	 * @param payload how many bytes of each payload to log, 0 to
	 * {@value TrafficLog#MOST_PAYLOAD}; by default {@value #DEFAULT_PAYLOAD}
	 * @return 204; 404 if no such session is open; 409 if too many sessions are logged
	 * already
	 * @throws InvalidEndpointRequestException if {@code payload} is out of range (400)
	 */
	@WriteOperation
	public WebEndpointResponse<Void> log(@Selector String id, boolean trafficLog, @Nullable Integer payload) {
		int shown = (payload != null) ? payload : DEFAULT_PAYLOAD;
		if (shown < 0 || shown > TrafficLog.MOST_PAYLOAD) {
			throw new InvalidEndpointRequestException("payload " + shown + " is out of range",
					"payload must be within 0 to " + TrafficLog.MOST_PAYLOAD);
		}
		WsServer running = this.server.get();
		if (running == null || running.sessions().find(id).isEmpty()) {
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
		if (!trafficLog) {
			running.trafficLog().stop(id);
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT);
		}
		return new WebEndpointResponse<>(start(running.trafficLog(), id, shown));
	}

	private static int start(TrafficLog log, String id, int shown) {
		try {
			return log.start(id, shown) ? WebEndpointResponse.STATUS_NO_CONTENT : WebEndpointResponse.STATUS_NOT_FOUND;
		}
		catch (IllegalStateException ex) {
			return CONFLICT;
		}
	}

	/**
	 * Closes one session.
	 * @param id the session's id
	 * @param code the close code; by default 1008
	 * @param reason the reason; by default none
	 * @return 204, or 404 if no such session is open
	 * @throws InvalidEndpointRequestException if the code must not be sent (400)
	 */
	@DeleteOperation
	public WebEndpointResponse<Void> close(@Selector String id, @Nullable Integer code, @Nullable String reason) {
		CloseStatus status = status(code, reason);
		Optional<WsSession> session = find(id);
		session.ifPresent((open) -> open.close(status));
		return new WebEndpointResponse<>(
				session.isPresent() ? WebEndpointResponse.STATUS_NO_CONTENT : WebEndpointResponse.STATUS_NOT_FOUND);
	}

	/**
	 * Closes the sessions of an endpoint, of a principal, or of both. One of the two is
	 * required, so that nobody closes all sessions by mistake.
	 * @param endpoint selects the sessions of the endpoint with this path, as registered
	 * @param principal selects the sessions of the principal with this name
	 * @param code the close code; by default 1008
	 * @param reason the reason; by default none
	 * @return how many sessions were closed
	 * @throws InvalidEndpointRequestException if both are missing, or the code must not
	 * be sent (400)
	 */
	@DeleteOperation
	public ClosedSessions closeAll(@Nullable String endpoint, @Nullable String principal, @Nullable Integer code,
			@Nullable String reason) {
		if (endpoint == null && principal == null) {
			throw new InvalidEndpointRequestException("neither endpoint nor principal given",
					"say which sessions to close: endpoint, principal, or both");
		}
		CloseStatus status = status(code, reason);
		WsServer running = this.server.get();
		if (running == null) {
			return new ClosedSessions(0);
		}
		List<WsSession> sessions = selected(running, endpoint, principal).stream().filter(WsSession::isOpen).toList();
		sessions.forEach((session) -> session.close(status));
		return new ClosedSessions(sessions.size());
	}

	private Optional<WsSession> find(String id) {
		WsServer running = this.server.get();
		return (running != null) ? running.sessions().find(id) : Optional.empty();
	}

	private static WsSessions selected(WsServer running, @Nullable String endpoint, @Nullable String principal) {
		WsSessions sessions = running.sessions();
		if (endpoint != null) {
			sessions = sessions.at(endpoint);
		}
		return (principal != null) ? sessions.ofPrincipal(principal) : sessions;
	}

	private static CloseStatus status(@Nullable Integer code, @Nullable String reason) {
		int number = (code != null) ? code : CloseStatus.POLICY_VIOLATION.code();
		if (number < 1000 || number > 4999 || !CloseStatus.of(number).mayBeSent()) {
			throw new InvalidEndpointRequestException("close code " + number + " must not be sent",
					"code must be one that may be sent (RFC 6455 §7.4)");
		}
		return new CloseStatus(number, (reason != null) ? reason : "");
	}

	/**
	 * The result of closing many sessions.
	 *
	 * @param closed how many sessions were closed
	 */
	public record ClosedSessions(long closed) {
	}

}
