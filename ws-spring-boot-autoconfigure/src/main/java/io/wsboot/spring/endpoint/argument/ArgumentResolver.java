package io.wsboot.spring.endpoint.argument;

import org.jspecify.annotations.Nullable;

/**
 * Where the value of one parameter of a callback comes from. Chosen once, at start, so
 * that nothing is looked up per call.
 *
 * @param <S> what the callback is about: an open session, or a {@link HandshakeContext}
 */
@FunctionalInterface
public interface ArgumentResolver<S> {

	/**
	 * The parameter's value for one call.
	 * @param source what the callback is about
	 * @param event what happened, of the type that goes with the callback; null if the
	 * callback's name says it all
	 * @return the argument
	 * @throws Exception if there is none
	 */
	@Nullable Object resolve(S source, @Nullable Object event) throws Exception;

}
