import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Fetches a Maven distribution for {@code mvnw}: downloads the zip, compares its SHA-512,
 * unpacks it and only then moves it into place, so that a half-done or tampered one is
 * never run. It is Java, not shell, because a JDK is the one tool sure to be there.
 * <p>
 * Arguments: URL of the zip, its SHA-512 in hex, the directory to make.
 */
class FetchMaven {

	private static final int TIMEOUT_MILLIS = 60_000;

	public static void main(String[] args) throws GeneralSecurityException {
		try {
			fetch(URI.create(args[0]), args[1], Path.of(args[2]).toAbsolutePath());
		}
		catch (IOException ex) {
			System.err.println("mvnw: could not fetch " + args[0] + ": " + ex);
			System.exit(1);
		}
	}

	private static void fetch(URI zip, String sha512, Path target) throws IOException, GeneralSecurityException {
		Files.createDirectories(target.getParent());
		// Beside the target, hence on the same file system: the last move is atomic.
		Path work = Files.createTempDirectory(target.getParent(), target.getFileName() + ".");
		try {
			Path file = work.resolve("maven.zip");
			download(zip, file);
			String actual = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(file)));
			if (!actual.equalsIgnoreCase(sha512)) {
				throw new IOException("its SHA-512 is " + actual + ", not " + sha512);
			}
			unpack(file, work.resolve("unpacked"));
			moveInto(target, onlyChild(work.resolve("unpacked")));
		}
		finally {
			delete(work);
		}
	}

	private static void download(URI from, Path to) throws IOException {
		URLConnection connection = from.toURL().openConnection();
		connection.setConnectTimeout(TIMEOUT_MILLIS);
		connection.setReadTimeout(TIMEOUT_MILLIS);
		try (InputStream in = connection.getInputStream()) {
			Files.copy(in, to);
		}
	}

	private static void unpack(Path zip, Path directory) throws IOException {
		try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
			for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
				Path path = directory.resolve(entry.getName()).normalize();
				if (!path.startsWith(directory)) {
					throw new IOException("it has an entry outside its directory: " + entry.getName());
				}
				if (entry.isDirectory()) {
					Files.createDirectories(path);
					continue;
				}
				Files.createDirectories(path.getParent());
				Files.copy(in, path);
				// This stream does not show the permissions that the zip holds.
				if (path.getParent().endsWith("bin") && !path.toFile().setExecutable(true, false)) {
					throw new IOException("cannot make executable: " + path);
				}
			}
		}
	}

	private static Path onlyChild(Path directory) throws IOException {
		try (var children = Files.list(directory)) {
			List<Path> all = children.toList();
			if (all.size() != 1 || !Files.isExecutable(all.get(0).resolve("bin/mvn"))) {
				throw new IOException("it is not a Maven distribution: it holds " + all);
			}
			return all.get(0);
		}
	}

	private static void moveInto(Path target, Path maven) throws IOException {
		try {
			Files.move(maven, target);
		}
		catch (IOException ex) {
			// Another build that ran beside this one may have been faster.
			if (!Files.isExecutable(target.resolve("bin/mvn"))) {
				throw ex;
			}
		}
	}

	private static void delete(Path directory) throws IOException {
		try (var paths = Files.walk(directory)) {
			for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(path);
			}
		}
	}

}
