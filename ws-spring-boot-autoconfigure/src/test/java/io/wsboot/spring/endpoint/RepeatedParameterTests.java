package io.wsboot.spring.endpoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.wsboot.HandshakeRequest;
import io.wsboot.Headers;
import io.wsboot.WsHandler;
import io.wsboot.spring.annotation.HeaderParam;
import io.wsboot.spring.annotation.OnHandshake;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.PathParam;
import io.wsboot.spring.annotation.QueryParam;
import io.wsboot.spring.annotation.WsEndpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.util.MultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

/** Parameters of the handshake that a client sends more than once, as in Spring MVC. */
class RepeatedParameterTests {

	/** What the endpoints below were called with. */
	private static final List<@Nullable Object> seen = new ArrayList<>();

	@BeforeEach
	void forget() {
		seen.clear();
	}

	private static void see(@Nullable Object... values) {
		for (Object value : values) {
			seen.add((value instanceof Object[] array) ? Arrays.asList(array) : value);
		}
	}

	private static HandshakeRequest request(String query, String... fields) {
		Headers headers = Headers.empty();
		for (int i = 0; i < fields.length; i += 2) {
			headers = headers.with(fields[i], fields[i + 1]);
		}
		return new HandshakeRequest("/raw", query, headers, Map.of("ids", "3,4"), null);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "tag=a&tag=b | a,b", "tag=a,b | a,b", "tag=a | a", "tag=a&tag=b%2Cc | a,b,c",
			"tag=b&x=y&tag=a&tag=b | b,a,b" })
	void collectionsTakeAllValues(String query, String values) throws Exception {
		// One value is split at commas; of several each is one element, as in Spring MVC.
		List<String> all = query.contains("%2C") ? List.of("a", "b,c") : List.of(values.split(","));
		Endpoints.open(Endpoints.handlerOf(Tags.class), request(query));
		assertThat(seen).containsExactly(all, new ArrayList<>(all), Set.copyOf(all), all, Optional.of(all));
	}

	@Test
	void eachElementIsConverted() throws Exception {
		Endpoints.open(Endpoints.handlerOf(Ids.class), request("id=1&id=2"));
		assertThat(seen).hasSize(3);
		assertThat((int[]) seen.get(0)).containsExactly(1, 2);
		assertThat((Optional<?>) seen.get(1))
			.hasValueSatisfying((ids) -> assertThat((Integer[]) ids).containsExactly(1, 2));
		assertThat(seen.get(2)).isEqualTo(List.of(3L, 4L));
	}

	@Test
	void anElementThatIsNotOfTheTypeRefusesTheHandshake() throws Exception {
		assertThat(Endpoints.handlerOf(Ids.class).onHandshake(request("id=1&id=two")))
			.isCompletedWithValue(AnnotatedEndpoint.BAD_PARAMETERS);
	}

	@Test
	void missingOnesAreAsEverywhere() throws Exception {
		assertThat(Endpoints.handlerOf(Tags.class).onHandshake(request("x=y")))
			.isCompletedWithValue(AnnotatedEndpoint.BAD_PARAMETERS);
		Endpoints.open(Endpoints.handlerOf(MayBeMissing.class), request("x=y"));
		assertThat(seen).containsExactly(Optional.empty(), null, Optional.empty());
	}

	@Test
	void headerFieldsToo() throws Exception {
		Endpoints.open(Endpoints.handlerOf(HeaderTags.class), request("", "X-Tag", "h1", "x-tag", "h2"));
		assertThat(seen).containsExactly(List.of("h1", "h2"), Optional.of(List.of("h1", "h2")), "h1,h2");
	}

	@Test
	void textIsJoinedAndOtherSingleValuesAreTheFirst() throws Exception {
		Endpoints.open(Endpoints.handlerOf(Single.class), request("q=a&q=b&n=7&n=8"));
		assertThat(seen).containsExactly("a,b", 7, Optional.of("a,b"));
	}

	@Test
	void mapsWithoutNameTakeAllParameters() throws Exception {
		Endpoints.open(Endpoints.handlerOf(Maps.class), request("a=1&b=2&a=3", "X-A", "x", "X-B", "y", "x-a", "z"));
		assertThat(seen.get(0)).isEqualTo(Map.of("a", "1", "b", "2"));
		assertThat(seen.get(1)).isEqualTo(Map.of("a", List.of("1", "3"), "b", List.of("2")));
		assertThat(seen.get(2)).isEqualTo(Map.of("a", List.of(1, 3), "b", List.of(2)));
		assertThat(seen.get(3)).isEqualTo("x");
		assertThat(seen.get(4)).isEqualTo(List.of("x", "z"));
		assertThat(seen.get(5)).isEqualTo(Map.of("ids", "3,4"));
	}

	@Test
	void mapsAreEmptyWithoutParameters() throws Exception {
		Endpoints.open(Endpoints.handlerOf(Maps.class), request(""));
		assertThat(seen.get(0)).isEqualTo(Map.of());
		assertThat(seen.get(1)).isEqualTo(Map.of());
	}

	@Test
	void aValueOfAMapThatIsNotOfItsTypeRefusesTheHandshake() throws Exception {
		assertThat(Endpoints.handlerOf(Maps.class).onHandshake(request("a=one")))
			.isCompletedWithValue(AnnotatedEndpoint.BAD_PARAMETERS);
	}

	@Test
	void everyCallbackMayTakeThem() throws Exception {
		WsHandler handler = Endpoints.handlerOf(Everywhere.class);
		RecordingSession session = Endpoints.open(handler, request("tag=a&tag=b"));
		handler.onText(session, "m");
		assertThat(seen).containsExactly(List.of("a", "b"), List.of("a", "b"), List.of("a", "b"));
	}

	@WsEndpoint("/")
	static class Tags {

		@OnOpen
		void on(@QueryParam("tag") List<String> list, @QueryParam("tag") Collection<String> collection,
				@QueryParam("tag") Set<String> set, @QueryParam("tag") String[] array,
				@QueryParam Optional<List<String>> tag) {
			see(list, new ArrayList<>(collection), set, array, tag);
		}

	}

	@WsEndpoint("/{ids}")
	static class Ids {

		@OnOpen
		void on(@QueryParam int[] id, @QueryParam("id") Optional<Integer[]> boxed, @PathParam List<Long> ids) {
			see(id, boxed, ids);
		}

	}

	@WsEndpoint("/")
	static class MayBeMissing {

		@OnOpen
		void on(@QueryParam Optional<List<String>> tag, @QueryParam("tag") @Nullable List<String> nullable,
				@QueryParam("tag") Optional<Integer[]> array) {
			see(tag, nullable, array);
		}

	}

	@WsEndpoint("/")
	static class HeaderTags {

		@OnOpen
		void on(@HeaderParam("X-Tag") List<String> tags, @HeaderParam("X-Tag") Optional<List<String>> optional,
				@HeaderParam("X-Tag") String text) {
			see(tags, optional, text);
		}

	}

	@WsEndpoint("/")
	static class Single {

		@OnOpen
		void on(@QueryParam String q, @QueryParam int n, @QueryParam("q") Optional<String> optional) {
			see(q, n, optional);
		}

	}

	@WsEndpoint("/{ids}")
	static class Maps {

		@OnOpen
		void on(@QueryParam Map<String, String> first, @QueryParam MultiValueMap<String, String> all,
				@QueryParam MultiValueMap<String, Integer> numbers, @HeaderParam Map<String, String> fields,
				@HeaderParam MultiValueMap<String, String> allFields, @PathParam Map<String, String> path) {
			see(first, all, numbers, fields.get("x-a"), allFields.get("x-A"), path);
		}

	}

	@WsEndpoint("/")
	static class Everywhere {

		@OnHandshake
		void judge(@QueryParam List<String> tag) {
			see(tag);
		}

		@OnOpen
		void open(@QueryParam List<String> tag) {
			see(tag);
		}

		@OnMessage
		void on(String text, @QueryParam List<String> tag) {
			see(tag);
		}

	}

}
