package io.wsboot.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.openjdk.jmh.Main;

/**
 * The program: measures servers end to end, or parts of ours with JMH.
 */
public final class Benchmarks {

	private Benchmarks() {
	}

	/**
	 * Runs.
	 * @param args see {@link Options#USAGE}
	 * @throws Exception if something fails
	 */
	public static void main(String[] args) throws Exception {
		List<String> arguments = Arrays.asList(args);
		String command = arguments.isEmpty() ? "" : arguments.get(0);
		switch (command) {
			case "help", "--help" -> System.out.println(Options.USAGE + Options.names());
			case "jmh" -> Main.main(Arrays.copyOfRange(args, 1, args.length));
			case "report" -> new Suite(Options.of(arguments.subList(1, arguments.size()))).report();
			default -> {
				Suite suite = new Suite(Options.of(arguments));
				suite.run();
				suite.report();
			}
		}
	}

	/** The project's directory, from which the program is started. */
	static Path project() {
		return Path.of("").toAbsolutePath();
	}

}
