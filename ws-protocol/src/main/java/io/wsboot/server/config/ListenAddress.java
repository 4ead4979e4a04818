package io.wsboot.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.jspecify.annotations.Nullable;

/**
 * The address that a server listens on: a local IP address, to which the port belongs, or
 * a Unix-domain socket, which is a file.
 */
public sealed interface ListenAddress {

	/** All local IP addresses. */
	ListenAddress ANY = new Tcp(null);

	/** The prefix of a Unix-domain socket in {@link #of text}. */
	String UNIX = "unix:";

	/**
	 * Returns a local IP address.
	 * @param address the address; null = all local IP addresses
	 * @return the address to listen on
	 */
	static ListenAddress tcp(@Nullable InetAddress address) {
		return (address != null) ? new Tcp(address) : ANY;
	}

	/**
	 * Returns a Unix-domain socket with the permissions that the process's umask leaves.
	 * @param path the file, which the server creates at start and deletes at stop
	 * @return the address to listen on
	 */
	static Unix unix(Path path) {
		return new Unix(path, null);
	}

	/**
	 * Parses an address.
	 * @param text {@code unix:} followed by a path, or an IP address or its host name
	 * @return the address to listen on
	 * @throws InvalidOptionException if the text is none of these
	 */
	static ListenAddress of(String text) {
		try {
			return text.startsWith(UNIX) ? unix(Path.of(text.substring(UNIX.length())))
					: tcp(InetAddress.getByName(text));
		}
		catch (InvalidPathException | UnknownHostException ex) {
			throw new InvalidOptionException("address", text,
					"must be a local address, or a path behind unix:, as in unix:/run/app/ws.sock");
		}
	}

	/**
	 * A local IP address.
	 *
	 * @param address the address; null = all local IP addresses
	 */
	record Tcp(@Nullable InetAddress address) implements ListenAddress {

		@Override
		public String toString() {
			return (this.address != null) ? this.address.getHostAddress() : "any address";
		}

	}

	/**
	 * A Unix-domain socket.
	 *
	 * @param path the file, whose directory must exist. Operating systems allow about 100
	 * bytes
	 * @param permissions the file's permissions such as {@code rw-rw----}, of which a
	 * client needs {@code w} to connect; null = the permissions that the process's umask
	 * leaves
	 */
	record Unix(Path path, @Nullable String permissions) implements ListenAddress {

		/**
		 * Creates an address.
		 * @throws InvalidOptionException if the path is empty, or if the permissions are
		 * malformed
		 */
		public Unix {
			if (path.toString().isEmpty()) {
				throw new InvalidOptionException("address", UNIX, "must have a path behind unix:");
			}
			if (permissions != null) {
				check(permissions);
			}
		}

		/**
		 * Returns a socket with other permissions.
		 * @param permissions nine characters such as {@code rw-rw----}
		 * @return the new address
		 * @throws InvalidOptionException if the permissions are malformed
		 */
		public Unix withPermissions(String permissions) {
			return new Unix(this.path, permissions);
		}

		private static void check(String permissions) {
			try {
				PosixFilePermissions.fromString(permissions);
			}
			catch (IllegalArgumentException ex) {
				throw new InvalidOptionException("unix-permissions", permissions,
						"must be nine characters such as rw-rw----");
			}
		}

		@Override
		public String toString() {
			return UNIX + this.path;
		}

	}

}
