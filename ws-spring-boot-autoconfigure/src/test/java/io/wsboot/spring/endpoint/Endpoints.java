package io.wsboot.spring.endpoint;

import java.util.List;
import java.util.Map;

import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeRequest;
import io.wsboot.Headers;
import io.wsboot.WsHandler;
import io.wsboot.spring.endpoint.argument.CallbackArgumentResolver;
import io.wsboot.spring.endpoint.convert.JacksonJsonCodec;
import io.wsboot.spring.endpoint.convert.JsonCodec;
import io.wsboot.spring.endpoint.convert.StandardPayloadConverter;
import io.wsboot.spring.endpoint.convert.WsMessageConverter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.validation.Validator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Finds endpoints among the beans of a context, as an application does.
 */
final class Endpoints {

	static final JsonCodec JSON = new JacksonJsonCodec(JsonMapper.builder().build());

	private Endpoints() {
	}

	static WsHandler handlerOf(Class<?> endpoint) {
		return only(in(endpoint)).handler();
	}

	static EndpointRegistration only(List<EndpointRegistration> endpoints) {
		assertThat(endpoints).hasSize(1);
		return endpoints.get(0);
	}

	static List<EndpointRegistration> in(Class<?>... beans) {
		return in(JSON, new AnnotationConfigApplicationContext(beans));
	}

	static List<EndpointRegistration> withoutJson(Class<?>... beans) {
		return in(null, new AnnotationConfigApplicationContext(beans));
	}

	static List<EndpointRegistration> in(@Nullable JsonCodec json, AnnotationConfigApplicationContext context) {
		List<WsMessageConverter> converters = context.getBeanProvider(WsMessageConverter.class)
			.orderedStream()
			.toList();
		return new EndpointDiscoverer(context.getBeanFactory(), context.getEnvironment(),
				ApplicationConversionService.getSharedInstance(), json, new StandardPayloadConverter(json, converters),
				new EndpointExtensions(context.getBeanProvider(CallbackArgumentResolver.class).orderedStream().toList(),
						converters, context.getBeanProvider(Validator.class).getIfUnique()))
			.endpoints();
	}

	static HandshakeRequest request(@Nullable String query, Map<String, String> pathVariables) {
		return new HandshakeRequest("/raw", query, Headers.empty(), pathVariables, null);
	}

	/** Opens a session as a server would: with the attributes that the handshake sets. */
	static RecordingSession open(WsHandler handler, HandshakeRequest request) throws Exception {
		HandshakeDecision decision = handler.onHandshake(request).toCompletableFuture().join();
		RecordingSession session = new RecordingSession(request);
		session.attributes().putAll(((HandshakeDecision.Accept) decision).attributes());
		handler.onOpen(session);
		return session;
	}

}
