package io.wsboot.spring.endpoint.argument;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.wsboot.HandshakeRequest;
import io.wsboot.WsSession;
import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.util.MultiValueMap;

/**
 * Converts the values that the callbacks of one endpoint take from a handshake.
 * Parameters are added on one thread, at start; afterwards any thread may read.
 */
public final class HandshakeParameterBinder {

	private final List<HandshakeParameter> parameters = new ArrayList<>();

	private final List<Predicate<HandshakeParameters>> constraints = new ArrayList<>();

	private final ConversionService conversion;

	/**
	 * Creates a binder without parameters.
	 * @param conversion converts values
	 */
	public HandshakeParameterBinder(ConversionService conversion) {
		this.conversion = conversion;
	}

	/**
	 * Adds a parameter.
	 * @param parameter a parameter of a type that the conversion supports
	 * @return the index of the parameter in {@link HandshakeParameters}
	 */
	int add(HandshakeParameter parameter) {
		int known = this.parameters.indexOf(parameter);
		if (known >= 0) {
			return known;
		}
		this.parameters.add(parameter);
		return this.parameters.size() - 1;
	}

	/**
	 * Adds a constraint.
	 * @param constraint returns false for values to refuse
	 */
	void add(Predicate<HandshakeParameters> constraint) {
		this.constraints.add(constraint);
	}

	/**
	 * Whether the callbacks take nothing from the handshake.
	 * @return true if no parameter was added
	 */
	public boolean isEmpty() {
		return this.parameters.isEmpty();
	}

	/**
	 * Whether no conversion can block.
	 * @return true if the type of every parameter is an enum or a value of the JDK
	 */
	public boolean isQuick() {
		return this.parameters.stream().allMatch(HandshakeParameter::isQuick);
	}

	/**
	 * Converts all parameters.
	 * @param request the handshake
	 * @return the values; null if a required value is missing, or a value is not of its
	 * type or breaks a constraint
	 */
	public @Nullable HandshakeParameters bind(HandshakeRequest request) {
		Map<ParameterSource, MultiValueMap<String, String>> sent = new EnumMap<>(ParameterSource.class);
		@Nullable Object[] values = new @Nullable Object[this.parameters.size()];
		for (int i = 0; i < values.length; i++) {
			HandshakeParameter parameter = this.parameters.get(i);
			try {
				values[i] = parameter.read(sent.computeIfAbsent(parameter.source(), (source) -> source.read(request)),
						this.conversion);
			}
			catch (ConversionException ex) {
				return null;
			}
			if (values[i] == null && parameter.required()) {
				return null;
			}
		}
		HandshakeParameters parameters = new HandshakeParameters(values);
		return this.constraints.stream().allMatch((constraint) -> constraint.test(parameters)) ? parameters : null;
	}

	/**
	 * The values of an open session.
	 * @param session the session
	 * @return the values
	 */
	HandshakeParameters of(WsSession session) {
		if (session.attributes().get(HandshakeParameters.ATTRIBUTE) instanceof HandshakeParameters values) {
			return values;
		}
		// The application may have cleared the attributes; the handshake is still there.
		HandshakeParameters values = bind(session.handshake());
		if (values == null) {
			throw new IllegalStateException("the parameters of a handshake that was accepted cannot be read again");
		}
		session.attributes().put(HandshakeParameters.ATTRIBUTE, values);
		return values;
	}

}
