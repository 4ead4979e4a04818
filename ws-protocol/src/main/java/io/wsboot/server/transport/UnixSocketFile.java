package io.wsboot.server.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

import io.wsboot.server.config.InvalidOptionException;
import io.wsboot.server.config.ListenAddress;
import io.wsboot.server.loop.Log;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix-domain socket. {@link #bind} replaces a file that a killed process
 * has left behind, but neither a socket that a program listens on, nor a file of another
 * kind. {@link #delete} deletes no file but the one that {@link #bind} has made.
 */
final class UnixSocketFile {

	private static final Log LOG = new Log();

	private final ListenAddress.Unix address;

	/**
	 * Identifies the file that {@link #bind} has made. Set before another thread sees
	 * this object.
	 */
	private @Nullable Object key;

	UnixSocketFile(ListenAddress.Unix address) {
		this.address = address;
	}

	/**
	 * Makes the file and listens.
	 * @throws InvalidOptionException if the path cannot be used
	 */
	ServerSocketChannel bind(int backlog, SelectorProvider sockets) throws IOException {
		ServerSocketChannel channel = open(sockets);
		try {
			removeStale();
			channel.bind(UnixDomainSocketAddress.of(this.address.path()), backlog);
			this.key = key();
			allow();
			return channel;
		}
		catch (SocketException ex) {
			LOG.close(channel);
			throw refused(String.valueOf(ex.getMessage()));
		}
		catch (Throwable ex) {
			LOG.close(channel);
			if (this.key != null) {
				LOG.close(this::delete);
			}
			throw ex;
		}
	}

	private ServerSocketChannel open(SelectorProvider sockets) throws IOException {
		try {
			return sockets.openServerSocketChannel(StandardProtocolFamily.UNIX);
		}
		catch (UnsupportedOperationException ex) {
			throw refused("this operating system has no Unix-domain sockets");
		}
	}

	private InvalidOptionException refused(String why) {
		return new InvalidOptionException("address", this.address, "the server cannot listen there: " + why);
	}

	private void removeStale() throws IOException {
		Path path = this.address.path();
		if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
			return;
		}
		if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isOther()) {
			throw refused("the file is there already and is no socket");
		}
		if (isListenedOn(path)) {
			throw refused("another program listens on it");
		}
		Files.deleteIfExists(path);
	}

	/**
	 * Tests whether a program listens on a socket, without waiting for the program to
	 * accept.
	 */
	private static boolean isListenedOn(Path path) throws IOException {
		try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			probe.configureBlocking(false);
			probe.connect(UnixDomainSocketAddress.of(path));
			return true;
		}
		catch (ConnectException ex) {
			return false;
		}
		catch (SocketException ex) {
			return true; // the backlog is full, or the server may not connect
		}
	}

	private void allow() throws IOException {
		String permissions = this.address.permissions();
		if (permissions != null) {
			try {
				Files.setPosixFilePermissions(this.address.path(), PosixFilePermissions.fromString(permissions));
			}
			catch (UnsupportedOperationException ex) {
				throw new InvalidOptionException("unix-permissions", permissions,
						"this file system has no such permissions");
			}
		}
	}

	private @Nullable Object key() throws IOException {
		return Files.readAttributes(this.address.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
			.fileKey();
	}

	/** Deletes the file, unless another process has replaced it. */
	void delete() throws IOException {
		try {
			if (Objects.equals(this.key, key())) {
				Files.deleteIfExists(this.address.path());
			}
		}
		catch (NoSuchFileException ex) {
			// another process has deleted the file
		}
	}

}
