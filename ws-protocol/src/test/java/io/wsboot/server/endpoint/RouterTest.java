package io.wsboot.server.endpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.wsboot.server.endpoint.Router.Match;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RouterTest {

	private static final List<String> TEMPLATES = List.of("/", "/a", "/a/b", "/a/{x}", "/{x}/b", "/{x}/{y}", "/{x}",
			"/a/{x}/c", "/a/b/{y}", "/{x}/b/c", "/~/{x}");

	@ParameterizedTest
	@CsvSource({ "/, /", "/a, /a", "/z, /{x}", "/a/b, /a/b", "/a/z, /a/{x}", "/z/b, /{x}/b", "/z/z, /{x}/{y}",
			"/a/b/c, /a/b/{y}", "/a/z/c, /a/{x}/c", "/z/b/c, /{x}/b/c", "/~/b, /~/{x}" })
	void theMostSpecificTemplateWins(String path, String template) {
		Random random = new Random(1);
		List<String> templates = new ArrayList<>(TEMPLATES);
		for (int i = 0; i < 20; i++) {
			Collections.shuffle(templates, random);
			Map<String, String> targets = new LinkedHashMap<>();
			templates.forEach((text) -> targets.put(text, text));
			assertThat(Router.of(targets).find(path)).extracting(Match::target).isEqualTo(template);
		}
	}

	@Test
	void theVariablesComeWithTheTarget() {
		Router<Integer> router = Router.of(Map.of("/a", 1, "/chat/{room}", 2));
		assertThat(router.find("/a")).isEqualTo(new Match<>(1, Map.of()));
		assertThat(router.find("/chat/x%20y")).isEqualTo(new Match<>(2, Map.of("room", "x y")));
	}

	@ParameterizedTest
	@CsvSource({ "''", "/b", "/a/", "//a", "/%61", "/chat", "/chat/", "/chat/%2F", "/chat/x/y", "*", "chat/x",
			"xchat/x" })
	void nothingServesOtherPaths(String path) {
		assertThat(Router.of(Map.of("/a", 1, "/chat/{room}", 2)).find(path)).isNull();
	}

	@Test
	void aSegmentThatOneVariableRefusesStopsAll() {
		Router<Integer> router = Router.of(Map.of("/a/{x}", 1, "/{y}/b", 2, "/{u}/{v}", 3));
		assertThat(router.find("/a/%00")).isNull();
		assertThat(router.find("/%00/b")).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "/{x}, /{y}", "/a/{x}, /a/{y}", "/{x}/b/{y}, /{u}/b/{v}" })
	void twoTemplatesForTheSamePathsAreRefused(String one, String other) {
		assertThatIllegalArgumentException().isThrownBy(() -> Router.of(Map.of(one, 1, other, 2)))
			.withMessageContaining("\"" + one + "\"")
			.withMessageContaining("\"" + other + "\"")
			.withMessageContaining("change or remove one of them");
	}

	@Test
	void aPathThatIsNoTemplateIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Router.of(Map.of("ws", 1)))
			.withMessageContaining("write \"/ws\"");
	}

	@Test
	void laterChangesOfTheMapDoNotCount() {
		Map<String, Integer> targets = new LinkedHashMap<>(Map.of("/a", 1));
		Router<Integer> router = Router.of(targets);
		targets.put("/b", 2);
		assertThat(router.find("/b")).isNull();
	}

}
