package io.wsboot.server.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import io.wsboot.ClientBytes;
import io.wsboot.CloseStatus;
import io.wsboot.EndpointOptions;
import io.wsboot.Execution;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.HandshakeRequest;
import io.wsboot.Headers;
import io.wsboot.Message;
import io.wsboot.PayloadConverter;
import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.protocol.Agreement;
import io.wsboot.protocol.ProtocolLimits;
import io.wsboot.protocol.outgoing.DataFrames;
import io.wsboot.server.admission.Capacity;
import io.wsboot.server.config.TopicOptions;
import io.wsboot.server.config.WsServerOptions;
import io.wsboot.server.endpoint.EndpointPolicy;
import io.wsboot.server.inbound.HandlerCalls;
import io.wsboot.server.inbound.InboundContext;
import io.wsboot.server.inbound.Interceptors;
import io.wsboot.server.loop.NanoClock;
import io.wsboot.server.outbound.Compressors;
import io.wsboot.server.outbound.LatestKeys;
import io.wsboot.server.outbound.OutboundWatermarks;
import io.wsboot.server.overload.InboundPressure;
import io.wsboot.server.overload.Load;
import io.wsboot.server.overload.LoadShedding;
import io.wsboot.server.spi.WsServerObserver;
import io.wsboot.server.topic.TopicContext;
import io.wsboot.server.topic.TopicEncoding;
import io.wsboot.server.topic.Topics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session needs a {@link SessionLink} and nothing else of a connection: here bytes go
 * in and out of memory, and somebody else has answered the handshake.
 */
class SessionLinkTest {

	private static final WsServerObserver OBSERVER = new WsServerObserver() {
	};

	private final WsServerOptions options = WsServerOptions.builder().build();

	private final DataFrames frames = DataFrames.ofServer(0);

	private final InMemoryLink link = new InMemoryLink(new OutboundWatermarks(this.options.outbound()), this.frames);

	private final List<String> events = new ArrayList<>();

	/** Echoes, but closes the session when the peer sends "bye". */
	private final WsHandler handler = new WsHandler() {

		@Override
		public void onOpen(WsSession session) {
			SessionLinkTest.this.events.add("open");
		}

		@Override
		public void onText(WsSession session, String text) {
			SessionLinkTest.this.events.add(text);
			if (text.equals("bye")) {
				session.close(CloseStatus.GOING_AWAY);
			}
			else {
				session.send(text);
			}
		}

		@Override
		public void onClose(WsSession session, CloseStatus status) {
			SessionLinkTest.this.events.add("close " + status.code());
		}

	};

	@AfterEach
	void close() {
		this.link.close();
	}

	/** Workers run on the loop here, so that every step is complete. */
	@ParameterizedTest
	@EnumSource(Execution.class)
	void echoesAMessageAndAnswersTheClose(Execution execution) {
		EndpointSessions sessions = open(execution);
		assertThat(sessions.connections()).isEqualTo(1);
		assertThat(this.link.receive(new ClientBytes().text("hello").bytes())).isEqualTo("810568656C6C6F");
		assertThat(this.link.end()).isEqualTo("open");
		assertThat(this.link.receive(new ClientBytes().close(1000, "").bytes())).isEqualTo("880203E8");
		assertThat(this.link.end()).isEqualTo("in order");
		expectEnd(sessions, "open", "hello", "close 1000");
	}

	@Test
	void closesAndTakesTheAnswer() {
		EndpointSessions sessions = open(Execution.EVENT_LOOP);
		assertThat(this.link.receive(new ClientBytes().text("bye").bytes())).isEqualTo("880203E9");
		assertThat(this.link.end()).isEqualTo("open");
		assertThat(this.link.receive(new ClientBytes().close(1001, "").bytes())).isEmpty();
		assertThat(this.link.end()).isEqualTo("in order");
		expectEnd(sessions, "open", "bye", "close 1001");
	}

	@Test
	void hearsThatTheConnectionIsLost() {
		EndpointSessions sessions = open(Execution.EVENT_LOOP);
		this.link.step(this.link.protocol()::endOfInput);
		assertThat(this.link.end()).isEqualTo("lost");
		expectEnd(sessions, "open", "close 1006");
	}

	private void expectEnd(EndpointSessions sessions, String... expected) {
		assertThat(this.events).containsExactly(expected);
		assertThat(sessions.connections()).isZero();
		assertThat(sessions.isFinished()).isTrue();
	}

	/** What a listener does when it has accepted the handshake. */
	private EndpointSessions open(Execution execution) {
		EndpointPolicy policy = new EndpointPolicy(new ProtocolLimits(1000, 1000, 10, 1000, 1000, 10),
				this.options.inbound(), this.options.outbound());
		Endpoints endpoints = new Endpoints(policy, new Interceptors(List.of(), List.of()), this.options, OBSERVER);
		endpoints.register("/echo", this.handler, EndpointOptions.DEFAULTS.withExecution(execution));
		EndpointSessions sessions = endpoints.all().get(0);
		Accept decision = HandshakeDecision.accept();
		this.link.step(() -> {
			Session session = new Session(sessions, new HandshakeRequest("/echo", null, Headers.empty()), decision,
					null, this.link, context());
			OpenPhase open = new OpenPhase(session);
			Agreement agreement = new Agreement(null, null);
			assertThat(sessions.tryBegin()).isTrue();
			this.link.protocol().open(agreement, sessions.options(), policy.protocol(), open);
			session.agreed(agreement);
			open.begin(decision.expiry());
		});
		return sessions;
	}

	private SessionContext context() {
		NanoClock clock = NanoClock.SYSTEM;
		InboundPressure pressure = new InboundPressure(
				LoadShedding.of(Load.PENDING, this.options, List.of(), (loop) -> List.of(), OBSERVER, clock));
		Executor workers = Runnable::run;
		Compressors compressors = new Compressors(this.frames, 6);
		PayloadConverter converter = (payload) -> Message.text(payload.toString());
		TopicContext context = new TopicContext(TopicOptions.DEFAULTS,
				new TopicEncoding(this.frames, compressors, 0, null), OBSERVER, clock, 1, List.of(this.link.loop()),
				(task, delay) -> {
					throw new AssertionError("there is no history");
				});
		Topics topics = new Topics(context, converter, SessionOutput::of);
		return new SessionContext(this.options, this.frames, compressors, new LatestKeys(), converter, OBSERVER, clock,
				new Capacity(this.options, 0), new InboundContext(workers, new HandlerCalls(clock, OBSERVER), pressure),
				topics);
	}

}
