package io.wsboot.spring.metrics;

import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.HandshakeRequest;
import io.wsboot.server.spi.HandshakeChain;
import io.wsboot.server.spi.HandshakeInterceptor;
import org.jspecify.annotations.Nullable;

/**
 * Observes handshakes, and keeps each observation in an attribute of the session, as the
 * parent of the observations of the session's callbacks.
 */
public final class HandshakeObservations implements HandshakeInterceptor {

	/** The session attribute that holds the observation of the handshake. */
	static final String ATTRIBUTE = "io.wsboot.observation";

	private static final WsHandshakeObservationConvention BY_DEFAULT = new DefaultWsHandshakeObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable WsHandshakeObservationConvention convention;

	private final Set<String> excluded;

	/**
	 * Creates the interceptor.
	 * @param registry receives the observations; no observation is created if the
	 * registry would ignore it
	 * @param convention names and keys, null for the default ones
	 * @param excluded paths of endpoints that are not observed, as registered
	 */
	public HandshakeObservations(ObservationRegistry registry, @Nullable WsHandshakeObservationConvention convention,
			Set<String> excluded) {
		this.registry = registry;
		this.convention = convention;
		this.excluded = Set.copyOf(excluded);
	}

	@Override
	public CompletionStage<HandshakeDecision> intercept(HandshakeRequest request, HandshakeChain next)
			throws Exception {
		if (this.registry.isNoop() || this.excluded.contains(next.endpoint())) {
			return next.proceed(request);
		}
		WsHandshakeObservationContext context = new WsHandshakeObservationContext(request, next.endpoint());
		Observation observation = WsObservation.HANDSHAKE.observation(this.convention, BY_DEFAULT, () -> context,
				this.registry);
		return observation.isNoop() ? next.proceed(request) : observed(observation.start(), context, request, next);
	}

	@Override
	public boolean needsWorker() {
		return false;
	}

	private static CompletionStage<HandshakeDecision> observed(Observation observation,
			WsHandshakeObservationContext context, HandshakeRequest request, HandshakeChain next) throws Exception {
		CompletionStage<HandshakeDecision> stage;
		Observation.Scope scope = observation.openScope();
		try {
			stage = next.proceed(request);
		}
		catch (Throwable ex) {
			observation.error(ex);
			scope.close();
			observation.stop();
			throw ex;
		}
		scope.close();
		return stage.whenComplete((decision, error) -> {
			context.decided(decision);
			if (error != null) {
				observation.error(
						(error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error);
			}
			observation.stop();
		})
			.thenApply((decision) -> (decision instanceof Accept accept) ? accept.withAttribute(ATTRIBUTE, observation)
					: decision);
	}

}
