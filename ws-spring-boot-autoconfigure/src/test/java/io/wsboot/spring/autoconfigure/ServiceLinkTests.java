package io.wsboot.spring.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** A Kubernetes Service of our name. */
@ExtendWith(OutputCaptureExtension.class)
class ServiceLinkTests {

	@ParameterizedTest
	@CsvSource({ "WS_SERVER_PORT,tcp://10.0.0.1:80,ws.server.port", "WS_SERVER_PORT,udp://10.0.0.1:53,ws.server.port",
			"WS_SERVER_BACKLOG,tcp://10.0.0.1:80,ws.server.backlog" })
	void isNamedWithTheRemedy(String variable, String value, String property, CapturedOutput output) {
		assertThatException().isThrownBy(() -> run(Map.of(variable, value, "WS_SERVER_SERVICE_HOST", "10.0.0.1",
				"WS_SERVER_PORT_80_TCP_ADDR", "10.0.0.1")));
		assertThat(output.getAll()).contains("APPLICATION FAILED TO START", property + " is '" + value + "'",
				"\"" + variable + "\"", "enableServiceLinks: false");
	}

	@Test
	void otherNonsenseIsToldAsEver(CapturedOutput output) {
		assertThatException().isThrownBy(() -> run(Map.of("WS_SERVER_PORT", "eighty")));
		assertThat(output.getAll()).contains("APPLICATION FAILED TO START", "eighty")
			.doesNotContain("enableServiceLinks");
	}

	@Test
	void whatIsSetAboveItWins() {
		run(Map.of("WS_SERVER_PORT", "tcp://10.0.0.1:80"), "--ws.server.port=0");
	}

	private static void run(Map<String, Object> variables, String... arguments) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
		SpringApplication application = new SpringApplication(App.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setEnvironment(environment);
		application.run(arguments).close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class App {

	}

}
