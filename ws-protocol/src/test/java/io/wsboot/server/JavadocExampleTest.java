package io.wsboot.server;

import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The example in the documentation of {@link WsServer} is compiled and run as it stands
 * there, but for the port.
 */
class JavadocExampleTest {

	@Test
	void echoes(@TempDir Path directory) throws Exception {
		String code = example();
		assertThat(code).contains("port(8090)").contains("@Override");
		Path source = directory.resolve("Example.java");
		Files.writeString(source,
				"import io.wsboot.*;\nimport io.wsboot.server.*;\n"
						+ "public class Example implements java.util.concurrent.Callable<WsServer> {\n"
						+ "public WsServer call() {\n" + code.replace("8090", "0") + "\nreturn server;\n}\n}\n");
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		assertThat(compiler.run(null, null, null, "-proc:none", "-d", directory.toString(), "-cp",
				System.getProperty("java.class.path"), source.toString()))
			.isZero();
		URI classes = directory.toUri();
		try (URLClassLoader loader = new URLClassLoader(new URL[] { classes.toURL() }, getClass().getClassLoader());
				WsServer server = (WsServer) ((Callable<?>) loader.loadClass("Example")
					.getDeclaredConstructor()
					.newInstance()).call();
				RawClient client = RawClient.open(server.port(), "/echo")) {
			client.expectEcho("as documented");
			client.closeInOrder();
		}
	}

	private static String example() throws Exception {
		String source = Files.readString(Path.of("src/main/java/io/wsboot/server/WsServer.java"));
		Matcher pre = Pattern.compile("<pre>(.*?)</pre>", Pattern.DOTALL).matcher(source);
		assertThat(pre.find()).isTrue();
		return pre.group(1)
			.lines()
			.map((line) -> line.replaceFirst("^ \\* ?", ""))
			.collect(Collectors.joining("\n"))
			.replace("&#64;", "@")
			.replace("&lt;", "<")
			.replace("&gt;", ">")
			.replace("&amp;", "&");
	}

}
