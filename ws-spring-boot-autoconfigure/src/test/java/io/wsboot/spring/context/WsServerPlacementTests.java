package io.wsboot.spring.context;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The convention of {@code management.server.port}. */
class WsServerPlacementTests {

	private static WsServerPlacement placement(boolean listener, @Nullable Boolean sharing, boolean available) {
		return new WsServerPlacement(listener, sharing,
				() -> Stream.of(new Port(8080, false), new Port(8443, available)));
	}

	@ParameterizedTest
	@CsvSource({ "false, , true, false, 8443", "false, , false, true, ", "false, true, true, false, 8443",
			"false, false, true, true, ", "true, , true, true, ", "true, true, true, true, 8443",
			"true, false, true, true, ", "true, , false, true, ", "true, false, false, true, " })
	void isWhereTheTableSays(boolean listener, @Nullable Boolean sharing, boolean available, boolean listening,
			@Nullable Integer shared) {
		WsServerPlacement placement = placement(listener, sharing, available);
		assertThat(placement.isListening()).isEqualTo(listening);
		SharedPort port = placement.sharedPort();
		assertThat((port != null) ? port.port() : null).isEqualTo(shared);
	}

	@ParameterizedTest
	@CsvSource({ "true", "false" })
	void sharingThatIsAskedForAndImpossibleFails(boolean listener) {
		assertThatExceptionOfType(SharedPortMissingException.class)
			.isThrownBy(placement(listener, true, false)::sharedPort);
	}

	@Test
	void portsAreLookedForOnce() {
		int[] calls = new int[1];
		WsServerPlacement placement = new WsServerPlacement(false, null, () -> {
			calls[0]++;
			return Stream.of(new Port(8080, true));
		});
		assertThat(calls[0]).isZero();
		assertThat(placement.isListening()).isFalse();
		assertThat(placement.sharedPort()).isSameAs(placement.sharedPort());
		assertThat(calls[0]).isEqualTo(1);
	}

	private record Port(int port, boolean isAvailable) implements SharedPort {

		@Override
		public boolean isSecure() {
			return false;
		}

		@Override
		public String contextPath() {
			return "";
		}

	}

}
