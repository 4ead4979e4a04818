package io.wsboot.spring.endpoint.convert;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.wsboot.Message;
import io.wsboot.spring.annotation.MessageConversionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class StandardPayloadConverterTests {

	private static final JsonCodec JSON = new JacksonJsonCodec(JsonMapper.builder().build());

	static Stream<Arguments> converts() {
		Message bytes = Message.binary(new byte[] { 1, 2 });
		return Stream.of(Arguments.of("a\"b", Message.text("a\"b")), Arguments.of(new byte[] { 1, 2 }, bytes),
				Arguments.of(ByteBuffer.wrap(new byte[] { 0, 1, 2 }).position(1), bytes), Arguments.of(bytes, bytes),
				Arguments.of(Map.of("a", 1), Message.text("{\"a\":1}")),
				Arguments.of(List.of("a"), Message.text("[\"a\"]")), Arguments.of(1.5, Message.text("1.5")));
	}

	@ParameterizedTest
	@MethodSource
	void converts(Object payload, Message expected) {
		assertThat(new StandardPayloadConverter(JSON).toMessage(payload)).isEqualTo(expected);
	}

	@Test
	void objectsNeedAJsonLibrary() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new StandardPayloadConverter(null).toMessage(Map.of("a", 1)))
			.withMessageContaining("spring-boot-starter-jackson");
		assertThat(new StandardPayloadConverter(null).toMessage("a")).isEqualTo(Message.text("a"));
	}

	/** For convertAndSend, which knows no declared type. */
	@Test
	void aDeclaredTypeMayBeGiven() {
		StandardPayloadConverter converter = new StandardPayloadConverter(JSON);
		List<Payment> payload = List.of(new Cash(7));
		assertThat(converter.toMessage(payload)).isEqualTo(Message.text("[{\"amount\":7}]"));
		assertThat(converter.toMessage(payload, new ParameterizedTypeReference<List<Payment>>() {
		}.getType())).isEqualTo(Message.text("[{\"kind\":\"cash\",\"amount\":7}]"));
	}

	@Test
	void trailingJsonIsNotIgnored() {
		JsonCodec.Reader reader = JSON.readerFor(Integer.class);
		assertThat(reader.read(" 1 ")).isEqualTo(1);
		assertThatExceptionOfType(MessageConversionException.class).isThrownBy(() -> reader.read("1 2"));
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	@JsonSubTypes(@JsonSubTypes.Type(value = Cash.class, name = "cash"))
	interface Payment {

	}

	record Cash(int amount) implements Payment {
	}

}
