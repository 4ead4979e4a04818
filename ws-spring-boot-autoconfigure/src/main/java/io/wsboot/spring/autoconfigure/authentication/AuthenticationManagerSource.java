package io.wsboot.spring.autoconfigure.authentication;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;

/**
 * A kind of bean that an application may have to verify credentials with. The sources are
 * asked in their order, and the first that has a manager counts.
 */
@FunctionalInterface
public interface AuthenticationManagerSource {

	/**
	 * Looks for a manager.
	 * @param security the beans of the application
	 * @param credentials the type of the credentials that the manager is to verify
	 * @return the manager; null if the application has no such bean, or several without
	 * saying which one counts
	 */
	@Nullable AuthenticationManager find(SecurityBeans security, Class<? extends Authentication> credentials);

	/**
	 * Asks sources in their order.
	 * @param sources the sources
	 * @param security the beans of the application
	 * @param credentials the type of the credentials that the manager is to verify
	 * @return the manager of the first source that has one; null if no source has one
	 */
	static @Nullable AuthenticationManager first(ObjectProvider<AuthenticationManagerSource> sources,
			SecurityBeans security, Class<? extends Authentication> credentials) {
		for (AuthenticationManagerSource source : sources.orderedStream().toList()) {
			AuthenticationManager manager = source.find(security, credentials);
			if (manager != null) {
				return manager;
			}
		}
		return null;
	}

}
