package io.wsboot.spring.endpoint.method;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * The callback methods of an endpoint class, those of its superclasses and interfaces
 * included.
 */
public final class CallbackMethods {

	private final Map<CallbackType, List<Method>> methods = new EnumMap<>(CallbackType.class);

	private CallbackMethods() {
	}

	/**
	 * Finds the callback methods of a class.
	 * @param type the endpoint's class
	 * @return the methods
	 * @throws InvalidEndpointException if there are none, or one cannot be a callback
	 */
	public static CallbackMethods of(Class<?> type) {
		CallbackMethods found = new CallbackMethods();
		// Reflection has no order of its own: sorted, so that every start says the same.
		MethodIntrospector.selectMethods(type, CallbackMethods::typeOf)
			.entrySet()
			.stream()
			.sorted(Comparator.comparing((entry) -> InvalidEndpointException.describe(entry.getKey())))
			.forEach((entry) -> found.add(entry.getValue(), entry.getKey()));
		if (found.methods.isEmpty()) {
			throw InvalidEndpointException.of(type, "has no callback",
					"Annotate at least one method with @OnMessage, @OnOpen, @OnClose, @OnError or @OnHandshake, or remove @WsEndpoint.");
		}
		return found;
	}

	/**
	 * All methods of one type.
	 * @param type the type of callback
	 * @return the methods in a fixed order, possibly none
	 */
	public List<Method> all(CallbackType type) {
		return this.methods.getOrDefault(type, List.of());
	}

	/**
	 * The method of a type that an endpoint has at most one method of.
	 * @param type the type of callback
	 * @return the method; null if there is none
	 */
	public @Nullable Method single(CallbackType type) {
		List<Method> all = all(type);
		return all.isEmpty() ? null : all.get(0);
	}

	private void add(CallbackType type, Method method) {
		check(type, method);
		List<Method> all = this.methods.computeIfAbsent(type, (key) -> new ArrayList<>());
		if (type.single() && !all.isEmpty()) {
			throw InvalidEndpointException.of(method,
					"is a second " + type + " method beside " + InvalidEndpointException.describe(all.get(0)),
					"Keep one " + type + " method: one method serves all sessions.");
		}
		all.add(method);
	}

	private static @Nullable CallbackType typeOf(Method method) {
		CallbackType found = null;
		for (CallbackType type : CallbackType.values()) {
			if (AnnotatedElementUtils.hasAnnotation(method, type.annotation())) {
				if (found != null) {
					throw InvalidEndpointException.of(method, "is annotated with both " + found + " and " + type,
							"Write one method for each.");
				}
				found = type;
			}
		}
		return found;
	}

	private static void check(CallbackType type, Method method) {
		if (Modifier.isStatic(method.getModifiers()) || Modifier.isPrivate(method.getModifiers())) {
			throw InvalidEndpointException.of(method,
					"is " + (Modifier.isStatic(method.getModifiers()) ? "static" : "private")
							+ ", so no proxy of the bean can stand before it",
					"Make the " + type + " method an instance method that is not private.");
		}
		if (KotlinDetector.isSuspendingFunction(method)) {
			throw InvalidEndpointException.of(method, "is a suspending function",
					"Return a CompletionStage instead, for example with kotlinx.coroutines.future.future { … }.");
		}
	}

}
