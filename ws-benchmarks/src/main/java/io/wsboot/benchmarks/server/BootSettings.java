package io.wsboot.benchmarks.server;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What both Spring Boot applications are started with: quiet, and with all meters. */
final class BootSettings {

	/** Name of the SSL bundle that there is with {@link ServerMode#TLS}. */
	static final String BUNDLE = "benchmarks";

	/**
	 * Tomcat is the web server of servlet applications, and Netty that of reactive ones,
	 * unless an application brings another one.
	 */
	private static final String TOMCAT_OR_NETTY = "--spring.autoconfigure.exclude=" + Stream
		.of("jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration",
				"jetty.autoconfigure.reactive.JettyReactiveWebServerAutoConfiguration",
				"tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration")
		.map("org.springframework.boot."::concat)
		.collect(Collectors.joining(","));

	private BootSettings() {
	}

	static List<String> of(ServerMode mode) {
		List<String> settings = new ArrayList<>(
				List.of("--server.port=0", "--spring.main.banner-mode=off", "--logging.level.root=warn",
						"--management.endpoints.web.exposure.include=health,metrics,prometheus", TOMCAT_OR_NETTY));
		if (mode == ServerMode.TLS) {
			String store = "--spring.ssl.bundle.jks." + BUNDLE + ".keystore.";
			settings.add(store + "location=file:" + Certificate.given().file());
			settings.add(store + "password=" + Certificate.PASSWORD);
			settings.add(store + "type=PKCS12");
		}
		return settings;
	}

}
