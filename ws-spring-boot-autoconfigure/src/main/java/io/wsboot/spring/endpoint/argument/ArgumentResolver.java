package io.wsboot.spring.endpoint.argument;

import org.jspecify.annotations.Nullable;

/**
 * Gives a value to one parameter of a callback. Resolvers are chosen at start, so that a
 * call looks nothing up.
 *
 * @param <S> the source of arguments: an open session, or a {@link HandshakeContext}
 */
@FunctionalInterface
public interface ArgumentResolver<S> {

	/**
	 * Resolves the value of the parameter for one call.
	 * @param source the source of arguments
	 * @param event the event that the callback is called for; null if the callback has
	 * none
	 * @return the value
	 * @throws Exception if there is no value
	 */
	@Nullable Object resolve(S source, @Nullable Object event) throws Exception;

}
