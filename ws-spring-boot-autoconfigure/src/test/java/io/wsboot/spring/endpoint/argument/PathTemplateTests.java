package io.wsboot.spring.endpoint.argument;

import io.wsboot.WsHandler;
import io.wsboot.server.WsServer;
import io.wsboot.spring.endpoint.method.InvalidEndpointException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What passes here must pass in the server, whose own refusal would name no class. */
class PathTemplateTests {

	private static final WsHandler HANDLER = new WsHandler() {
	};

	@ParameterizedTest
	@ValueSource(strings = { "/", "/a", "/a/b.c", "/{a}", "/{a}/x/{b_1}", "/{größe}", "/a-b_c~!$&'()*+,=:@", "/...",
			"/.well-known" })
	void good(String path) {
		assertThat(PathTemplate.of(Object.class, path).path()).isEqualTo(path);
		assertThat(WsServer.builder().handler(path, HANDLER)).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "//", "/a/", "/a//b", "/{}", "/{a", "/a}", "/{a}b", "/{a-b}", "/{1a}", "/{a}/{a}",
			"/a b", "/ä", "/%61", "/a;b", "/a?b", "/a#b", "/.", "/a/..", "/a\u0000", "/{a\u0000}", "/{a\u200b}" })
	void bad(String path) {
		assertThatExceptionOfType(InvalidEndpointException.class).isThrownBy(() -> PathTemplate.of(Object.class, path));
		assertThatIllegalArgumentException().isThrownBy(() -> WsServer.builder().handler(path, HANDLER));
	}

}
