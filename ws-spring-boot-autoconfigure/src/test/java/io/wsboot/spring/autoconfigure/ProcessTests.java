package io.wsboot.spring.autoconfigure;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import io.wsboot.spring.test.WsTestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process of its own, whose class path holds what {@code spring-boot-starter} brings
 * and nothing that is optional.
 */
@EnabledOnOs({ OS.LINUX, OS.MAC })
class ProcessTests {

	private static final Pattern OPTIONAL = Pattern
		.compile("micrometer|actuator|health|jackson|prometheus|webmvc|tomcat|servlet|spring-web|http-converter"
				+ "|spring-test|boot-test|validation|validator|mockito|archunit|observation|webflux|reactor|reactive-streams"
				+ "|netty|spring-security|nimbus");

	/** What Spring Security needs for passwords, but not for tokens. */
	private static final Pattern PASSWORDS = Pattern
		.compile("spring-security-(core|crypto)|micrometer-(observation|commons)");

	private static final Pattern STARTED = Pattern.compile("WebSocket server started on port (\\d+) with 1 endpoint");

	@Test
	@Timeout(120)
	void livesOnWithoutWebStackAndEndsOnSigterm() throws Exception {
		Process process = start();
		try (BufferedReader output = process.inputReader()) {
			int port = awaitPort(output);
			try (WsTestClient client = WsTestClient.connect(port, "/echo")) {
				assertThat(client.send("alive").nextText()).isEqualTo("alive");
				// main has returned by now, or soon will; it is the server that keeps the
				// process
				assertThat(process.isAlive()).isTrue();
				process.toHandle().destroy(); // Process.destroy would close the output
												// too
				assertThat(client.closeStatus().code()).isEqualTo(1001);
			}
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).isEqualTo(128 + 15);
			assertThat(output.lines()).anyMatch((line) -> line.contains("WebSocket server stopped on port " + port));
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Test
	@Timeout(120)
	void onSigtermEveryOneOfAThousandClientsIsTold() throws Exception {
		List<RawClient> clients = new ArrayList<>();
		Process process = start();
		try (BufferedReader output = process.inputReader()) {
			int port = awaitPort(output);
			for (int i = 0; i < 1000; i++) {
				clients.add(RawClient.connect(port, "/echo"));
			}
			long start = System.nanoTime();
			process.toHandle().destroy();
			for (RawClient client : clients) {
				assertThat(client.read().closeCode()).isEqualTo(1001);
				client.close();
			}
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
		}
		finally {
			process.destroyForcibly();
			for (RawClient client : clients) {
				client.close();
			}
		}
	}

	@Test
	@Timeout(120)
	void asksForPasswordsWithoutWhatIsForTokens() throws Exception {
		Process process = start(SecuredApp.class, PASSWORDS);
		try (BufferedReader output = process.inputReader()) {
			int port = awaitPort(output);
			try (RawClient client = RawClient.tcp(port)) {
				assertThat(client.handshake("/echo")).startsWith("HTTP/1.1 401 ")
					.contains("WWW-Authenticate: Basic ")
					.doesNotContain("Bearer");
			}
			RawClient.connect(port, "/echo", "Authorization: Basic dTpw").close(); // u:p
			process.toHandle().destroy();
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Test
	@Timeout(120)
	void doesNotStartWithSpringSecurityAndNothingToAuthenticateWith() throws Exception {
		Process process = start(App.class, PASSWORDS);
		try (BufferedReader output = process.inputReader()) {
			assertThat(output.lines()).contains("APPLICATION FAILED TO START")
				.anyMatch((line) -> line.contains("Spring Security is on the class path"));
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).isOne();
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Test
	@Timeout(120)
	void passwordEncodersAloneLockNothing() throws Exception {
		Process process = start(App.class, Pattern.compile("spring-security-crypto"));
		try (BufferedReader output = process.inputReader()) {
			RawClient.connect(awaitPort(output), "/echo").close();
			process.toHandle().destroy();
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static Process start() throws IOException {
		return start(App.class, Pattern.compile("(?!)"));
	}

	private static Process start(Class<?> app, Pattern besides) throws IOException {
		String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> {
				String name = Path.of(entry).getFileName().toString();
				return !OPTIONAL.matcher(name).find() || besides.matcher(name).find();
			})
			.collect(Collectors.joining(File.pathSeparator));
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		return new ProcessBuilder(List.of(java, "-cp", classPath, app.getName(), "--ws.server.port=0",
				"--ws.server.security.enabled=true"))
			.redirectErrorStream(true)
			.start();
	}

	private static int awaitPort(BufferedReader output) throws IOException {
		StringBuilder seen = new StringBuilder();
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			seen.append(line).append('\n');
			Matcher matcher = STARTED.matcher(line);
			if (matcher.find()) {
				return Integer.parseInt(matcher.group(1));
			}
		}
		throw new AssertionError("the process ended without starting the server:\n" + seen);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Echo.class)
	static class App {

		public static void main(String[] args) {
			SpringApplication.run(App.class, args);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Echo.class)
	static class SecuredApp {

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(User.withUsername("u").password("{noop}p").authorities("a").build());
		}

		public static void main(String[] args) {
			SpringApplication.run(SecuredApp.class, args);
		}

	}

	@WsEndpoint("/echo")
	static class Echo {

		@OnMessage
		String on(String text) {
			return text;
		}

	}

}
