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
 * A type that yields values over time: the JDK's {@link Flow.Publisher}, and what Spring
 * knows an adapter for (Reactor, RxJava, Mutiny, Kotlin coroutines) if Reactive Streams
 * is on the class path.
 *
 * @param element what it yields; unresolvable if that is not said
 * @param single whether that is one value at most
 * @param publisher makes a publisher of a value of the type
 */
public record ReactiveType(ResolvableType element, boolean single, Function<Object, Flow.Publisher<?>> publisher) {

	private static final boolean STREAMS_PRESENT = ClassUtils.isPresent("org.reactivestreams.FlowAdapters",
			ReactiveType.class.getClassLoader());

	/** What a type is; null if it is not reactive. */
	public static @Nullable ReactiveType of(ResolvableType type) {
		if (Flow.Publisher.class.isAssignableFrom(type.toClass())) {
			return new ReactiveType(type.as(Flow.Publisher.class).getGeneric(), false,
					(value) -> (Flow.Publisher<?>) value);
		}
		return STREAMS_PRESENT ? ReactiveStreams.of(type) : null;
	}

	/** Apart, as its classes are optional. */
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
