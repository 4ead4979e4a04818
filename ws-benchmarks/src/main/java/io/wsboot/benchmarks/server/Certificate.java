package io.wsboot.benchmarks.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The certificate of all servers, made for one run.
 *
 * @param file a PKCS#12 file
 */
public record Certificate(Path file) {

	/** Of the file and the key. */
	public static final String PASSWORD = "benchmarks";

	/** The system property by which a server learns of the file. */
	public static final String PROPERTY = "wsboot.benchmarks.certificate";

	static Certificate given() {
		return new Certificate(Path.of(System.getProperty(PROPERTY)));
	}

	/**
	 * Makes one, with the JDK's tool.
	 * @param java the directory of a JDK
	 * @param file where to
	 * @return the certificate
	 * @throws IOException if the tool cannot be run
	 * @throws InterruptedException if this thread is interrupted
	 */
	public static Certificate make(Path java, Path file) throws IOException, InterruptedException {
		Files.deleteIfExists(file);
		Process tool = new ProcessBuilder(List.of(java.resolve("bin/keytool").toString(), "-genkeypair", "-alias",
				"localhost", "-dname", "CN=localhost", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2",
				"-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD))
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		if (tool.waitFor() != 0) {
			throw new IOException("keytool failed");
		}
		return new Certificate(file);
	}

	/**
	 * A context that shows the certificate, and trusts nothing else.
	 * @return the context
	 * @throws GeneralSecurityException if the JDK cannot
	 * @throws IOException if the file cannot be read
	 */
	public SSLContext context() throws GeneralSecurityException, IOException {
		KeyStore store = keyStore();
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
		trusted.load(null, null);
		trusted.setCertificateEntry("localhost", store.getCertificate("localhost"));
		trust.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys().getKeyManagers(), trust.getTrustManagers(), null);
		return context;
	}

	KeyManagerFactory keys() throws GeneralSecurityException, IOException {
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(keyStore(), PASSWORD.toCharArray());
		return keys;
	}

	private KeyStore keyStore() throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(this.file)) {
			store.load(in, PASSWORD.toCharArray());
		}
		return store;
	}

}
