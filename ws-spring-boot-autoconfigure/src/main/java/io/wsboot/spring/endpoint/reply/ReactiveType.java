package io.wsboot.spring.endpoint.reply;

import java.util.concurrent.Flow;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * A type that yields values over time: the JDK's {@link Flow.Publisher}, and the types
 * that Spring has an adapter for (Reactor, RxJava, Mutiny, Kotlin coroutines) if Reactive
 * Streams is on the class path.
 *
 * @param element the type of the values; unresolvable if the declaration does not name it
 * @param single whether there is one value at most
 * @param publisher makes a publisher of an object of the reactive type
 */
public record ReactiveType(ResolvableType element, boolean single, Function<Object, Flow.Publisher<?>> publisher) {

	private static final boolean STREAMS_PRESENT = ClassUtils.isPresent("org.reactivestreams.FlowAdapters",
			ReactiveType.class.getClassLoader());

	/**
	 * Recognizes a reactive type.
	 * @param type the declared type
	 * @return the reactive type; null if the type is not reactive
	 */
	public static @Nullable ReactiveType of(ResolvableType type) {
		if (Flow.Publisher.class.isAssignableFrom(type.toClass())) {
			return new ReactiveType(type.as(Flow.Publisher.class).getGeneric(), false,
					(value) -> (Flow.Publisher<?>) value);
		}
		return STREAMS_PRESENT ? ReactiveStreams.of(type) : null;
	}

	/** Needs Reactive Streams, which are optional. */
	private static final class ReactiveStreams {

		static @Nullable ReactiveType of(ResolvableType type) {
			ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(type.toClass());
			if (adapter != null) {
				return new ReactiveType(type.as(adapter.getReactiveType()).getGeneric(), !adapter.isMultiValue(),
						(value) -> FlowAdapters.toFlowPublisher(adapter.toPublisher(value)));
			}
			if (Publisher.class.isAssignableFrom(type.toClass())) {
				return new ReactiveType(type.as(Publisher.class).getGeneric(), false,
						(value) -> FlowAdapters.toFlowPublisher((Publisher<?>) value));
			}
			return null;
		}

	}

}
