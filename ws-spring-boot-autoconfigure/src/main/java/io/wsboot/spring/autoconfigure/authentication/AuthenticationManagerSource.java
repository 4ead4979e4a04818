package io.wsboot.spring.autoconfigure.authentication;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;

/**
 * Looks for an {@link AuthenticationManager} in one kind of beans that verify
 * credentials. Sources are asked in their order; the first that finds a manager counts.
 */
@FunctionalInterface
public interface AuthenticationManagerSource {

	/**
	 * Looks for a manager.
	 * @param security the beans of the application
	 * @param credentials the type of credentials that the manager must verify
	 * @return the manager; null if the application has no such bean, or several without a
	 * primary one
	 */
	@Nullable AuthenticationManager find(SecurityBeans security, Class<? extends Authentication> credentials);

}
