package io.wsboot.spring.metrics;

import java.util.EnumSet;
import java.util.Set;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.wsboot.WsSession;
import io.wsboot.server.spi.CallbackChain;
import io.wsboot.server.spi.CallbackInterceptor;
import io.wsboot.server.spi.WsServerObserver.HandlerCallback;
import org.jspecify.annotations.Nullable;

/**
 * Observes callbacks. Each observation is a child of the handshake's observation, and is
 * in scope on the thread that the callback runs on. The observation ends when the
 * callback returns, even if an asynchronous reply is still to come.
 */
public final class CallbackObservations implements CallbackInterceptor {

	/** Callbacks of the server's own flow control, which few handlers implement. */
	private static final Set<HandlerCallback> NOT_OBSERVED = EnumSet.of(HandlerCallback.PONG, HandlerCallback.DRAINED,
			HandlerCallback.DROPPED);

	private static final WsCallbackObservationConvention BY_DEFAULT = new DefaultWsCallbackObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable WsCallbackObservationConvention convention;

	private final Set<String> excluded;

	/**
	 * Creates the interceptor.
	 * @param registry receives the observations; no observation is created if the
	 * registry would ignore it
	 * @param convention names and keys, null for the default ones
	 * @param excluded paths of endpoints that are not observed, as registered
	 */
	public CallbackObservations(ObservationRegistry registry, @Nullable WsCallbackObservationConvention convention,
			Set<String> excluded) {
		this.registry = registry;
		this.convention = convention;
		this.excluded = Set.copyOf(excluded);
	}

	@Override
	public void intercept(WsSession session, HandlerCallback callback, @Nullable Object argument, CallbackChain next)
			throws Throwable {
		if (this.registry.isNoop() || NOT_OBSERVED.contains(callback) || this.excluded.contains(session.endpoint())) {
			next.proceed(session, callback, argument);
			return;
		}
		WsCallbackObservationContext context = new WsCallbackObservationContext(session, callback);
		Observation observation = WsObservation.CALLBACK.observation(this.convention, BY_DEFAULT, () -> context,
				this.registry);
		if (observation.isNoop()) {
			next.proceed(session, callback, argument);
			return;
		}
		if (session.attributes().get(HandshakeObservations.ATTRIBUTE) instanceof Observation handshake) {
			observation.parentObservation(handshake);
		}
		observation.start();
		Observation.Scope scope = observation.openScope();
		try {
			next.proceed(session, callback, argument);
		}
		catch (Throwable ex) {
			observation.error(ex);
			throw ex;
		}
		finally {
			scope.close();
			observation.stop();
		}
	}

}
