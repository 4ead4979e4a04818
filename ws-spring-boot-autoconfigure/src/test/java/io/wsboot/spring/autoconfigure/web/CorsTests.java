package io.wsboot.spring.autoconfigure.web;

import java.util.List;

import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.WsEndpoint;
import org.junit.jupiter.api.Test;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static io.wsboot.spring.autoconfigure.web.SharedApp.HANDSHAKE;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What rules for CORS mean for handshakes, which browsers send without asking (Fetch
 * §3.2).
 */
class CorsTests {

	private static final String FRIEND = "Origin: https://friend.example";

	private static final String STRANGER = "Origin: https://stranger.example";

	private static String handshake(SharedApp app, String origin) {
		return app.http("GET", "/open", HANDSHAKE + origin + "\r\n");
	}

	/** Spring MVC applies them to handlers, of which an endpoint is none. */
	@Test
	void rulesOfSpringMvcAreNotForHandshakes() {
		List<Class<?>> beans = List.of(Open.class, Page.class, Mvc.class);
		try (SharedApp app = SharedApp.start(beans)) {
			assertThat(app.http("GET", "/page", FRIEND)).startsWith("HTTP/1.1 200 ")
				.contains("Access-Control-Allow-Origin: https://friend.example\r\n");
			assertThat(handshake(app, FRIEND)).startsWith("HTTP/1.1 403 ").doesNotContain("Access-Control");
		}
		try (SharedApp app = SharedApp.start(beans, "ws.server.allowed-origins=https://stranger.example")) {
			assertThat(app.http("GET", "/page", STRANGER)).startsWith("HTTP/1.1 403 ");
			assertThat(handshake(app, STRANGER)).startsWith("HTTP/1.1 101 ").doesNotContain("Access-Control");
			assertThat(handshake(app, FRIEND)).startsWith("HTTP/1.1 403 ");
		}
	}

	/** As Spring Security's {@code cors()}: both must agree. */
	@Test
	void aFilterIsAskedBeforeUs() {
		List<Class<?>> beans = List.of(Open.class, Filter.class);
		try (SharedApp app = SharedApp.start(beans,
				"ws.server.allowed-origins=https://friend.example,https://stranger.example")) {
			assertThat(handshake(app, FRIEND)).startsWith("HTTP/1.1 101 ")
				.contains("Access-Control-Allow-Origin: https://friend.example\r\n");
			assertThat(handshake(app, STRANGER)).startsWith("HTTP/1.1 403 ");
		}
		try (SharedApp app = SharedApp.start(beans)) {
			assertThat(handshake(app, FRIEND)).startsWith("HTTP/1.1 403 ");
		}
	}

	@WsEndpoint("/open")
	static class Open {

		@OnOpen
		String open() {
			return "open";
		}

	}

	@RestController
	static class Page {

		@GetMapping("/page")
		String page() {
			return "a page";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Mvc implements WebMvcConfigurer {

		@Override
		public void addCorsMappings(CorsRegistry registry) {
			registry.addMapping("/**").allowedOrigins("https://friend.example");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Filter {

		@Bean
		FilterRegistrationBean<CorsFilter> cors() {
			CorsConfiguration rules = new CorsConfiguration();
			rules.addAllowedOrigin("https://friend.example");
			UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
			source.registerCorsConfiguration("/**", rules);
			FilterRegistrationBean<CorsFilter> filter = new FilterRegistrationBean<>(new CorsFilter(source));
			filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
			return filter;
		}

	}

}
