package io.wsboot.sample;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * Programs that tests talk to and that not every machine has. Where one is absent, the
 * test that needs it is skipped and says so, or fails if {@code wsboot.require-peers} is
 * true.
 */
final class Peers {

	private Peers() {
	}

	/**
	 * Finds a program on the PATH.
	 * @param name the program's name
	 * @return its path
	 */
	static Path program(String name) {
		return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
			.map((directory) -> Path.of(directory, name))
			.filter(Files::isExecutable)
			.findFirst()
			.orElseGet(() -> absent(name + " is not on the PATH"));
	}

	/**
	 * Finds the Node packages that {@code npm ci} in {@code .ci/node} installs.
	 * @return the directory that holds {@code node_modules}
	 */
	static Path nodePackages() {
		Path directory = Path.of("../.ci/node").toAbsolutePath().normalize();
		if (!Files.isDirectory(directory.resolve("node_modules/ws"))) {
			return absent("ws is not installed (cd .ci/node && npm ci)");
		}
		return directory;
	}

	private static Path absent(String what) {
		if (Boolean.getBoolean("wsboot.require-peers")) {
			return fail(what);
		}
		System.out.println("Skipping a test: " + what);
		return abort(what);
	}

}
