package io.wsboot.spring.endpoint;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.wsboot.WsHandler;
import io.wsboot.WsSession;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.endpoint.argument.CallbackParameters;
import io.wsboot.spring.endpoint.method.CallbackMethods;
import io.wsboot.spring.endpoint.method.CallbackType;
import io.wsboot.spring.endpoint.method.DeclaredType;
import io.wsboot.spring.endpoint.reply.ContentReply;
import io.wsboot.spring.endpoint.reply.ReactiveType;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/**
 * Registers what a native image must keep of an endpoint: its callbacks, and the types
 * that callbacks read from JSON or return. A type that is only passed to
 * {@code convertAndSend} is not found; its author may register it with
 * {@code @RegisterReflectionForBinding}.
 */
final class EndpointHints implements BeanRegistrationAotProcessor {

	private static final BindingReflectionHintsRegistrar BINDING = new BindingReflectionHintsRegistrar();

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		Class<?> type = ClassUtils.getUserClass(bean.getBeanClass());
		boolean callbacks = !WsHandler.class.isAssignableFrom(type); // else they are no
																		// reflective
																		// calls
		return (callbacks && AnnotatedElementUtils.hasAnnotation(type, WsEndpoint.class)) ? new Contribution(type)
				: null;
	}

	private record Contribution(Class<?> type) implements BeanRegistrationAotContribution {

		@Override
		public void applyTo(GenerationContext context, BeanRegistrationCode code) {
			RuntimeHints hints = context.getRuntimeHints();
			CallbackMethods methods = CallbackMethods.of(this.type);
			hints.reflection().registerType(this.type);
			for (CallbackType callback : CallbackType.values()) {
				methods.all(callback).forEach((method) -> register(hints, method));
			}
		}

		private void register(RuntimeHints hints, Method method) {
			hints.reflection().registerMethod(method, ExecutableMode.INVOKE);
			types(method).flatMap(Contribution::withVariants)
				.forEach((type) -> BINDING.registerReflectionHints(hints.reflection(), type));
		}

		/**
		 * The types that may be read or written as JSON. A type too many does no harm.
		 */
		private Stream<Type> types(Method method) {
			ResolvableType returned = ResolvableType.forMethodReturnType(method, this.type);
			Stream<ResolvableType> parameters = IntStream.range(0, method.getParameterCount())
				.mapToObj((index) -> new MethodParameter(method, index).withContainingClass(this.type))
				.filter((parameter) -> !CallbackParameters.isAnnotated(parameter))
				.map(ResolvableType::forMethodParameter);
			return Stream.concat(parameters, Stream.of(returned))
				.flatMap(Contribution::withGenerics)
				.filter((type) -> isOfApplication(type.toClass()))
				.map(ResolvableType::getType);
		}

		private static Stream<ResolvableType> withGenerics(ResolvableType type) {
			ResolvableType declared = ResolvableType.forType(DeclaredType.of(type));
			ResolvableType[] inner = declared.isArray() ? new ResolvableType[] { declared.getComponentType() }
					: (declared.getType() instanceof Class<?>) ? new ResolvableType[0] : declared.getGenerics();
			return Stream.concat(Stream.of(declared), Arrays.stream(inner).flatMap(Contribution::withGenerics));
		}

		private static boolean isOfApplication(Class<?> type) {
			return !type.isPrimitive() && type.getClassLoader() != null
					&& type.getPackage() != WsSession.class.getPackage() && !Throwable.class.isAssignableFrom(type)
					&& ReactiveType.of(ResolvableType.forClass(type)) == null && !ContentReply.isContent(type);
		}

		/**
		 * An object of a sealed type is written as its own class, a permitted subclass.
		 */
		private static Stream<Type> withVariants(Type type) {
			if (type instanceof Class<?> sealed && sealed.isSealed()) {
				return Stream.concat(Stream.of(type),
						Arrays.stream(sealed.getPermittedSubclasses()).flatMap(Contribution::withVariants));
			}
			return Stream.of(type);
		}

	}

}
