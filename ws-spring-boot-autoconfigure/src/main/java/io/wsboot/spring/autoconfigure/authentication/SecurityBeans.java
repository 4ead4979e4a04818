package io.wsboot.spring.autoconfigure.authentication;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.Authentication;

/**
 * What an application has that belongs to Spring Security, in its context and those
 * above. It is looked for when it is needed, and not by conditions, which see neither
 * what auto-configurations bring later nor what a test puts in a bean's place.
 *
 * @param beans the bean factory of the context
 * @param timeout how long a handshake waits for a reactive manager
 */
public record SecurityBeans(ListableBeanFactory beans, Duration timeout) {

	/** The one bean of a type, or the primary one; null if there is none. */
	<T> @Nullable T unique(Class<T> type) {
		return this.beans.getBeanProvider(type).getIfUnique();
	}

	/**
	 * Does something with the one bean of a type, or the primary one, if there is one.
	 */
	<T> void ifUnique(Class<T> type, Consumer<? super T> action) {
		this.beans.getBeanProvider(type).ifUnique(action::accept);
	}

	/** The beans that verify a type of credentials. */
	List<AuthenticationProvider> providers(Class<? extends Authentication> credentials) {
		return BeanFactoryUtils.beansOfTypeIncludingAncestors(this.beans, AuthenticationProvider.class)
			.values()
			.stream()
			.filter((provider) -> provider.supports(credentials))
			.toList();
	}

	/**
	 * Has a provider asked, and tells the application's publisher of events the outcome.
	 */
	AuthenticationManager managing(AuthenticationProvider provider) {
		ProviderManager manager = new ProviderManager(provider);
		ifUnique(AuthenticationEventPublisher.class, manager::setAuthenticationEventPublisher);
		return manager;
	}

}
