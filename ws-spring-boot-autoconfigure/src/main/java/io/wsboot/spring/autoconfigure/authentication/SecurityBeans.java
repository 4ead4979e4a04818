package io.wsboot.spring.autoconfigure.authentication;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.Authentication;

/**
 * Finds the beans of a context, and of the contexts above it, that belong to Spring
 * Security. Beans are looked up when they are needed, and not by conditions: a condition
 * sees neither beans of later auto-configurations nor beans that a test replaces.
 *
 * @param beans the bean factory of the context
 * @param timeout how long a worker waits for a reactive manager
 */
public record SecurityBeans(ListableBeanFactory beans, Duration timeout) {

	/**
	 * Asks every {@link AuthenticationManagerSource} in order.
	 * @param credentials the type of credentials that the manager must verify
	 * @return the manager of the first source that finds one; null if none does
	 */
	public @Nullable AuthenticationManager manager(Class<? extends Authentication> credentials) {
		return this.beans.getBeanProvider(AuthenticationManagerSource.class)
			.orderedStream()
			.flatMap((source) -> Stream.ofNullable(source.find(this, credentials)))
			.findFirst()
			.orElse(null);
	}

	/** The only bean of a type, or the primary one; null if there is none. */
	<T> @Nullable T unique(Class<T> type) {
		return this.beans.getBeanProvider(type).getIfUnique();
	}

	/**
	 * Calls an action with the only bean of a type, or the primary one, if there is one.
	 */
	<T> void ifUnique(Class<T> type, Consumer<? super T> action) {
		this.beans.getBeanProvider(type).ifUnique(action::accept);
	}

	/** The providers that support a type of credentials. */
	List<AuthenticationProvider> providers(Class<? extends Authentication> credentials) {
		return BeanFactoryUtils.beansOfTypeIncludingAncestors(this.beans, AuthenticationProvider.class)
			.values()
			.stream()
			.filter((provider) -> provider.supports(credentials))
			.toList();
	}

	/**
	 * Makes a manager of a provider; the application's publisher of authentication events
	 * gets the outcomes.
	 */
	AuthenticationManager managing(AuthenticationProvider provider) {
		ProviderManager manager = new ProviderManager(provider);
		ifUnique(AuthenticationEventPublisher.class, manager::setAuthenticationEventPublisher);
		return manager;
	}

}
