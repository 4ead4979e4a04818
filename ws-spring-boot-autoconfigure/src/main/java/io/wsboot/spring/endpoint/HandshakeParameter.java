package io.wsboot.spring.endpoint;

import java.util.Optional;

import io.wsboot.HandshakeRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;

/**
 * One parameter of a callback that comes from the handshake.
 *
 * @param name the name that the handshake has it under
 * @param source where in the handshake
 * @param type what it is converted to
 * @param required whether the handshake is refused without it
 */
record HandshakeParameter(String name, HandshakeSource source, TypeDescriptor type, boolean required) {

	private static final TypeDescriptor STRING = TypeDescriptor.valueOf(String.class);

	static HandshakeParameter of(MethodParameter parameter, String name, HandshakeSource source) {
		boolean primitive = parameter.getParameterType().isPrimitive();
		return new HandshakeParameter(name, source, new TypeDescriptor(parameter),
				primitive || !parameter.isOptional());
	}

	boolean canBeConvertedBy(ConversionService conversion) {
		return conversion.canConvert(STRING, this.type);
	}

	/**
	 * Converts the value that a client sent.
	 * @param request the handshake
	 * @param conversion converts it
	 * @return the value, null if there is none
	 * @throws ConversionException if the client's value is not of this type
	 */
	@Nullable Object read(HandshakeRequest request, ConversionService conversion) {
		String raw = this.source.read(request, this.name);
		if (raw != null) {
			return conversion.convert(raw, STRING, this.type);
		}
		return (this.type.getType() == Optional.class) ? Optional.empty() : null;
	}

}
