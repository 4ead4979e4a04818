package io.wsboot;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SessionAttributeTest {

	private static final SessionAttribute<Integer> COUNT = SessionAttribute.of("count", Integer.class);

	private final Map<String, Object> attributes = new HashMap<>();

	private final WsSession session = (WsSession) Proxy.newProxyInstance(WsSession.class.getClassLoader(),
			new Class<?>[] { WsSession.class }, (proxy, method, arguments) -> {
				assertThat(method.getName()).isEqualTo("attributes");
				return this.attributes;
			});

	@Test
	void isSetFoundAndRemoved() {
		assertThat(COUNT.find(this.session)).isEmpty();
		COUNT.set(this.session, 7);
		assertThat(this.attributes).containsEntry("count", 7);
		assertThat(COUNT.find(this.session)).contains(7);
		assertThat(COUNT.get(this.session)).isEqualTo(7);
		assertThat(COUNT.remove(this.session)).contains(7);
		assertThat(COUNT.find(this.session)).isEmpty();
	}

	@Test
	void whatMustBeThereIsMissedByName() {
		assertThatIllegalStateException().isThrownBy(() -> COUNT.get(this.session)).withMessageContaining("'count'");
	}

	@Test
	void somethingElseUnderItsNameIsNotHandedOn() {
		this.attributes.put("count", "seven");
		assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> COUNT.find(this.session));
	}

	@Test
	void isSeededByTheHandshake() {
		assertThat(HandshakeDecision.accept().withAttribute(COUNT, 3).attributes()).containsEntry("count", 3);
	}

}
