package io.wsboot.sample;

import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Value;

import static org.assertj.core.api.Assertions.assertThat;

@SampleTest
class RpcTest {

	@Value("${local.ws.port}")
	private int port;

	@Test
	void usersAreListedOnceAuthenticated() throws Exception {
		try (WsTestClient client = connect()) {
			assertThat(answer(client, "{'method': 'getUsers', 'args': [], 'id': 1}"))
				.isEqualTo("{'id':1,'error':'call auth(user, password) first'}");
			assertThat(answer(client, "{'method': 'auth', 'args': ['ada', 'lovelace'], 'id': 2}"))
				.isEqualTo("{'id':2,'result':'ada'}");
			assertThat(answer(client, "{'method': 'getUsers', 'id': 3}"))
				.isEqualTo("{'id':3,'result':['ada','alan','grace']}");
		}
	}

	@Test
	void authenticationIsAMatterOfOneConnection() throws Exception {
		try (WsTestClient client = connect(); WsTestClient other = connect()) {
			answer(client, "{'method': 'auth', 'args': ['alan', 'turing']}");
			assertThat(answer(other, "{'method': 'getUsers'}"))
				.isEqualTo("{'error':'call auth(user, password) first'}");
		}
	}

	@Test
	void aFailedLoginTakesAwayAnEarlierOne() throws Exception {
		try (WsTestClient client = connect()) {
			answer(client, "{'method': 'auth', 'args': ['alan', 'turing']}");
			answer(client, "{'method': 'auth', 'args': ['alan', 'wrong']}");
			assertThat(answer(client, "{'method': 'getUsers'}")).contains("call auth(user, password) first");
		}
	}

	@Test
	void theFifthFailedLoginEndsTheConnection() throws Exception {
		WsTestClient client = connect();
		for (int i = 0; i < 4; i++) {
			assertThat(answer(client, "{'method': 'auth', 'args': ['nobody', '']}"))
				.isEqualTo("{'error':'wrong user or password'}");
		}
		client.send(quoted("{'method': 'auth', 'args': ['ada', 'wrong']}"));
		assertThat(client.closeStatus().code()).isEqualTo(1008);
	}

	@Test
	void aSleepingCallDoesNotHoldUpOthers() throws Exception {
		try (WsTestClient client = connect()) {
			long start = System.nanoTime();
			client.send(quoted("{'method': 'sleep', 'args': [1500], 'id': 'slow'}"));
			assertThat(answer(client, "{'method': 'getUsers', 'id': 'quick'}")).startsWith("{'id':'quick'");
			JsonNode slow = Json.next(client);
			assertThat(slow.path("id").stringValue()).isEqualTo("slow");
			assertThat(slow.path("result").longValue()).isEqualTo(1500);
			assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(1500);
		}
	}

	@Test
	void onlySoManyCallsMaySleep() throws Exception {
		try (WsTestClient client = connect()) {
			for (int i = 0; i < 16; i++) {
				client.send(quoted("{'method': 'sleep', 'args': [2000]}"));
			}
			assertThat(answer(client, "{'method': 'sleep', 'args': [0]}"))
				.isEqualTo("{'error':'at most 16 calls may sleep at once'}");
			for (int i = 0; i < 16; i++) {
				assertThat(client.nextText()).isEqualTo(quoted("{'result':2000}"));
			}
			assertThat(answer(client, "{'method': 'sleep', 'args': [0]}")).isEqualTo("{'result':0}");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{'method': 'fly'}                             | {'error':'no such method; there are auth, getUsers and sleep'}
					{'method': '', 'id': null}                     | {'id':null,'error':'*method* is missing'}
					{'id': [7]}                                   | {'id':[7],'error':'*method* is missing'}
					{'method': 'sleep'}                           | {'error':'sleep(milliseconds) takes 1 argument, not 0'}
					{'method': 'getUsers', 'args': [1]}           | {'error':'getUsers() takes 0 arguments, not 1'}
					{'method': 'auth', 'args': ['ada']}           | {'error':'auth(user, password) takes 2 arguments, not 1'}
					{'method': 'auth', 'args': ['ada', 1815]}     | {'error':'argument 2 of auth(user, password) must be a string'}
					{'method': 'sleep', 'args': ['1']}            | {'error':'argument 1 of sleep(milliseconds) must be a whole number from 0 to 10000'}
					{'method': 'sleep', 'args': [1.5]}            | {'error':'argument 1 of sleep(milliseconds) must be a whole number from 0 to 10000'}
					{'method': 'sleep', 'args': [-1]}             | {'error':'argument 1 of sleep(milliseconds) must be a whole number from 0 to 10000'}
					{'method': 'sleep', 'args': [10001]}          | {'error':'argument 1 of sleep(milliseconds) must be a whole number from 0 to 10000'}
					{'method': 'sleep', 'args': [1e99]}           | {'error':'argument 1 of sleep(milliseconds) must be a whole number from 0 to 10000'}
					{'method': 'sleep', 'args': [99999999999999999999]} | {'error':'argument 1 of sleep(milliseconds) must be a whole number from 0 to 10000'}
					{'method': 'sleep', 'args': 5}                | {'error':'a call looks like this: {*method*: *sleep*, *args*: [100], *id*: 1}'}
					{'method': ['sleep']}                         | {'error':'a call looks like this: {*method*: *sleep*, *args*: [100], *id*: 1}'}
					sleep                                         | {'error':'a call looks like this: {*method*: *sleep*, *args*: [100], *id*: 1}'}
					[]                                            | {'error':'a call looks like this: {*method*: *sleep*, *args*: [100], *id*: 1}'}
					""")
	void mistakesAreExplained(String call, String answer) throws Exception {
		try (WsTestClient client = connect()) {
			assertThat(answer(client, call)).isEqualTo(answer.replace("*", "\\'"));
		}
	}

	private WsTestClient connect() {
		return WsTestClient.connect(this.port, "/rpc");
	}

	/** With apostrophes for quotation marks, both ways. */
	private static String answer(WsTestClient client, String call) {
		client.send(quoted(call));
		return client.nextText().replace('"', '\'');
	}

	private static String quoted(String json) {
		return json.replace('\'', '"');
	}

}
