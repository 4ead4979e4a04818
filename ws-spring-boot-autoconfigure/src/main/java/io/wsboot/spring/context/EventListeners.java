package io.wsboot.spring.context;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

/**
 * Finds out whether an application listens to events that are published only then,
 * because publishing them costs something: {@code @EventListener} methods and
 * {@link ApplicationListener}s of a context, or of one of its parents.
 */
final class EventListeners {

	private EventListeners() {
	}

	/**
	 * Whether the context, or one of its parents, has a listener for one of the events.
	 */
	static boolean want(ApplicationContext context, Class<?>... events) {
		for (ApplicationContext each = context; each != null; each = each.getParent()) {
			for (Class<?> event : events) {
				ResolvableType type = ResolvableType.forClass(event);
				if (hasListener(each, type) || hasLazyListener(each, type)) {
					return true;
				}
			}
		}
		return false;
	}

	private static boolean hasListener(ApplicationContext context, ResolvableType event) {
		return context instanceof AbstractApplicationContext known && known.getApplicationListeners()
			.stream()
			.anyMatch((listener) -> generic(listener).supportsEventType(event));
	}

	private static GenericApplicationListener generic(ApplicationListener<?> listener) {
		return (listener instanceof GenericApplicationListener already) ? already
				: new GenericApplicationListenerAdapter(listener);
	}

	/**
	 * Whether a listener bean exists that is created only when its first event comes.
	 */
	private static boolean hasLazyListener(ApplicationContext context, ResolvableType event) {
		return context
			.getBeanNamesForType(ResolvableType.forClassWithGenerics(ApplicationListener.class, event)).length > 0;
	}

}
