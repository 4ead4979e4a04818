package io.wsboot.benchmarks.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

import io.wsboot.benchmarks.server.Certificate;
import io.wsboot.benchmarks.server.ServerMain;
import io.wsboot.benchmarks.server.ServerMode;

/**
 * How servers are started.
 *
 * @param java the directory of the JDK that they run on
 * @param certificate what they show with TLS
 * @param node the directory whose {@code node_modules} has {@code ws}
 * @param logs the directory for what they say
 */
public record ServerCommand(Path java, Certificate certificate, Path node, Path logs) {

	private static final String SCRIPT = "ws.cjs";

	/** The server's core; the load has the next one. */
	private static final List<String> ON_CORE_0 = List.of("taskset", "-c", "0");

	/** A small young generation keeps garbage out of the resident memory. */
	ServerProcess start(ServerKind kind, ServerMode mode, boolean small) throws IOException {
		List<String> command = new ArrayList<>(ON_CORE_0);
		command.addAll((kind == ServerKind.NODE_WS) ? node(mode) : java(kind, mode, small));
		Process process = new ProcessBuilder(command)
			.redirectError(
					ProcessBuilder.Redirect.appendTo(this.logs.resolve(kind.id() + "-" + mode + ".log").toFile()))
			.start();
		return new ServerProcess(process, kind + " " + mode);
	}

	private List<String> java(ServerKind kind, ServerMode mode, boolean small) {
		return List.of(this.java.resolve("bin/java").toString(), small ? "-Xmn16m" : "-Xmn128m", "-Xmx2g",
				"-XX:+UseSerialGC", "-D" + Certificate.PROPERTY + "=" + this.certificate.file(), "-cp",
				System.getProperty("java.class.path"), ServerMain.class.getName(), kind.id(), mode.name());
	}

	private List<String> node(ServerMode mode) throws IOException {
		Path script = this.logs.resolve(SCRIPT);
		try (InputStream in = ServerMain.class.getResourceAsStream(SCRIPT)) {
			if (in == null) {
				throw new IllegalStateException(SCRIPT + " is not on the class path");
			}
			Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
		}
		return List.of("env", "NODE_PATH=" + this.node.resolve("node_modules"), "node", "--expose-gc",
				script.toString(), mode.name(), this.certificate.file().toString(), Certificate.PASSWORD);
	}

	/**
	 * Whether a server can be started here.
	 * @param kind the server
	 * @return false for the one on Node, if its package is not installed
	 */
	public boolean has(ServerKind kind) {
		return kind != ServerKind.NODE_WS || Files.isDirectory(this.node.resolve("node_modules/ws"));
	}

}
