package io.wsboot.spring.jetty;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

import io.wsboot.server.RawClient;
import io.wsboot.spring.jetty.JettyHost.Way;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Filters around the hand-over. */
class FilterTests {

	@ParameterizedTest
	@EnumSource
	void filtersMayWrapRequestAndResponse(Way way) {
		Filter wraps = (request, response, chain) -> chain.doFilter(
				new HttpServletRequestWrapper((HttpServletRequest) request),
				new HttpServletResponseWrapper((HttpServletResponse) response));
		try (JettyHost host = new JettyHost.Builder(way).filter(wraps).filter(wraps).start();
				RawClient client = host.open("/echo")) {
			client.expectEcho("hello");
			assertThat(host.carrier()).isEqualTo(way.carrier());
			client.closeInOrder();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aFilterThatFailsBehindTheHandOverMakesAnotherAnswer(Way way) {
		Filter fails = (request, response, chain) -> {
			chain.doFilter(request, response);
			throw new ServletException("as the test asks for");
		};
		try (JettyHost host = new JettyHost.Builder(way).filter(fails).start()) {
			expectAnswer(host, 500);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aFilterMayAnswerOtherwise(Way way) {
		Filter refuses = (request, response, chain) -> {
			chain.doFilter(request, response);
			((HttpServletResponse) response).reset();
			((HttpServletResponse) response).sendError(403);
		};
		try (JettyHost host = new JettyHost.Builder(way).filter(refuses).start()) {
			expectAnswer(host, 403);
		}
	}

	private static void expectAnswer(JettyHost host, int status) {
		try (RawClient client = host.client()) {
			client.send(RawClient.head("/ws/echo"));
			assertThat(client.readResponse().status()).isEqualTo(status);
			assertThat(host.judged.get().isAccepted()).isTrue();
		}
		host.expectNothingBut(host.idle());
	}

}
