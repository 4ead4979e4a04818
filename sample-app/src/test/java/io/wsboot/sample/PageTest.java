package io.wsboot.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@SampleTest
class PageTest {

	@LocalServerPort
	private int httpPort;

	@Value("${local.ws.port}")
	private int wsPort;

	@ParameterizedTest
	@CsvSource({ "/, text/html", "/js/main.js, text/javascript", "/css/page.css, text/css",
			"/favicon.svg, image/svg+xml" })
	void theBrowserGetsThePageAndItsParts(String path, String type) throws Exception {
		HttpResponse<String> response = get(this.httpPort, path);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type"))
			.hasValueSatisfying((actual) -> assertThat(actual).startsWith(type));
	}

	@Test
	void thePageLearnsThePortOfTheWebSocketServer() throws Exception {
		HttpResponse<String> response = get(this.httpPort, "/config.json");
		assertThat(response.body()).isEqualTo("{\"webSocketPort\":" + this.wsPort + ",\"shared\":true}");
	}

	@Test
	void thePageMayLoadAndConnectToNothingElse() throws Exception {
		assertThat(get(this.httpPort, "/").headers().firstValue("Content-Security-Policy").orElseThrow())
			.startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
			.contains("connect-src 'self' ws://*:" + this.wsPort + " wss://*:" + this.wsPort + ";");
	}

	@Test
	void aPlainGetOfAnEndpointMustUpgrade() throws Exception {
		HttpResponse<String> response = get(this.wsPort, "/echo");
		assertThat(response.statusCode()).isEqualTo(426);
		assertThat(response.headers().firstValue("Upgrade")).hasValue("websocket");
	}

	private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
				.version(HttpClient.Version.HTTP_1_1)
				.build(), HttpResponse.BodyHandlers.ofString());
	}

}
