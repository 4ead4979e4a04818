package io.wsboot.benchmarks.server;

import java.util.ArrayList;
import java.util.List;

/** What both Spring Boot applications are started with: quiet, and with all meters. */
final class BootSettings {

	/** Name of the SSL bundle that there is with {@link ServerMode#TLS}. */
	static final String BUNDLE = "benchmarks";

	/** Tomcat is the web server, unless an application brings another one. */
	private static final String NO_JETTY = "--spring.autoconfigure.exclude="
			+ "org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration";

	private BootSettings() {
	}

	static List<String> of(ServerMode mode) {
		List<String> settings = new ArrayList<>(
				List.of("--server.port=0", "--spring.main.banner-mode=off", "--logging.level.root=warn",
						"--management.endpoints.web.exposure.include=health,metrics,prometheus", NO_JETTY));
		if (mode == ServerMode.TLS) {
			String store = "--spring.ssl.bundle.jks." + BUNDLE + ".keystore.";
			settings.add(store + "location=file:" + Certificate.given().file());
			settings.add(store + "password=" + Certificate.PASSWORD);
			settings.add(store + "type=PKCS12");
		}
		return settings;
	}

}
