package io.wsboot.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Where a server listens: on a local IP address, beside a port, or on a Unix-domain
 * socket, which is a file.
 */
public sealed interface ListenAddress {

	/** Every local IP address. */
	ListenAddress ANY = new Tcp(null);

	/** What the text of a Unix-domain socket begins with. */
	String UNIX = "unix:";

	/**
	 * An IP address.
	 * @param address the address; null = any
	 * @return where to listen
	 */
	static ListenAddress tcp(@Nullable InetAddress address) {
		return (address != null) ? new Tcp(address) : ANY;
	}

	/**
	 * A Unix-domain socket with the permissions that the process's umask leaves.
	 * @param path the file, which the server makes when it starts and deletes when it
	 * stops
	 * @return where to listen
	 */
	static Unix unix(Path path) {
		return new Unix(path, null);
	}

	/**
	 * Reads an address.
	 * @param text {@code unix:} with a path behind it, or an IP address or the name of
	 * one
	 * @return where to listen
	 * @throws InvalidOptionException if it is none of these
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
	 * An IP address.
	 *
	 * @param address the address; null = any
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
	 * @param path the file; its directory exists. Operating systems allow some 100 bytes
	 * @param permissions the file's permissions such as {@code rw-rw----}: to connect
	 * takes {@code w}; null = what the process's umask leaves
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
				parse(permissions);
			}
		}

		/**
		 * Sets the permissions of the file.
		 * @param permissions nine characters such as {@code rw-rw----}
		 * @return where to listen
		 * @throws InvalidOptionException if these are none
		 */
		public Unix withPermissions(String permissions) {
			return new Unix(this.path, permissions);
		}

		private static Set<PosixFilePermission> parse(String permissions) {
			try {
				return PosixFilePermissions.fromString(permissions);
			}
			catch (IllegalArgumentException ex) {
				throw new InvalidOptionException("unix-permissions", permissions,
						"must be nine characters such as rw-rw----");
			}
		}

		/** Null if they are left to the operating system. */
		@Nullable Set<PosixFilePermission> permissionSet() {
			return (this.permissions != null) ? parse(this.permissions) : null;
		}

		@Override
		public String toString() {
			return UNIX + this.path;
		}

	}

}
