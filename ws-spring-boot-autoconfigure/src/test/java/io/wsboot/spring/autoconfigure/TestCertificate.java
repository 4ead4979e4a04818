package io.wsboot.spring.autoconfigure;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate that has signed itself (RFC 5280), for this machine and a day, with its
 * key.
 *
 * @param key the private key
 * @param certificate the certificate
 */
public record TestCertificate(PrivateKey key, X509Certificate certificate) {

	private static final char[] PASSWORD = "secret".toCharArray();

	private static final byte[] ECDSA_WITH_SHA256 = sequence(der(0x06, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02));

	/** For {@code localhost}, and one more host name, which is also its common name. */
	public static TestCertificate of(String name) {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(256);
			KeyPair pair = generator.generateKeyPair();
			byte[] content = content(name, pair.getPublic().getEncoded());
			Signature signature = Signature.getInstance("SHA256withECDSA");
			signature.initSign(pair.getPrivate());
			signature.update(content);
			byte[] signed = sequence(content, ECDSA_WITH_SHA256, der(0x03, join(new byte[1], signature.sign())));
			return new TestCertificate(pair.getPrivate(), (X509Certificate) CertificateFactory.getInstance("X.509")
				.generateCertificate(new ByteArrayInputStream(signed)));
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] content(String name, byte[] publicKey) throws IOException {
		byte[] distinguishedName = sequence(
				der(0x31, sequence(der(0x06, 0x55, 0x04, 0x03), der(0x0C, name.getBytes(StandardCharsets.UTF_8)))));
		Instant now = Instant.now();
		byte[] validity = sequence(time(now.minus(1, ChronoUnit.HOURS)), time(now.plus(1, ChronoUnit.DAYS)));
		byte[] names = sequence(der(0x82, "localhost".getBytes(StandardCharsets.US_ASCII)),
				der(0x82, name.getBytes(StandardCharsets.US_ASCII)),
				der(0x87, InetAddress.getLoopbackAddress().getAddress()));
		byte[] subjectAlternativeName = sequence(der(0x06, 0x55, 0x1D, 0x11), der(0x04, names));
		byte[] authority = sequence(der(0x06, 0x55, 0x1D, 0x13), der(0x01, 0xFF), der(0x04, sequence(der(0x01, 0xFF))));
		byte[] serial = Long.toString(ThreadLocalRandom.current().nextLong(1L << 40))
			.getBytes(StandardCharsets.US_ASCII);
		return sequence(der(0xA0, der(0x02, 2)), der(0x02, serial), ECDSA_WITH_SHA256, distinguishedName, validity,
				distinguishedName, publicKey, der(0xA3, sequence(subjectAlternativeName, authority)));
	}

	private static byte[] time(Instant time) {
		return der(0x17,
				DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'")
					.withZone(ZoneOffset.UTC)
					.format(time)
					.getBytes(StandardCharsets.US_ASCII));
	}

	private static byte[] sequence(byte[]... parts) {
		return der(0x30, join(parts));
	}

	private static byte[] der(int tag, int... content) {
		byte[] bytes = new byte[content.length];
		for (int i = 0; i < content.length; i++) {
			bytes[i] = (byte) content[i];
		}
		return der(tag, bytes);
	}

	private static byte[] der(int tag, byte[] content) {
		int length = content.length;
		byte[] head = (length < 0x80) ? new byte[] { (byte) tag, (byte) length }
				: (length < 0x100) ? new byte[] { (byte) tag, (byte) 0x81, (byte) length }
						: new byte[] { (byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length };
		return join(head, content);
	}

	private static byte[] join(byte[]... parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			all.writeBytes(part);
		}
		return all.toByteArray();
	}

	/** Shows this certificate, and trusts those. */
	SSLContext trusting(TestCertificate... trusted) {
		return context(keyManagers(), trusted);
	}

	/** Shows none, and trusts those. */
	public static SSLContext onlyTrusting(TestCertificate... trusted) {
		return context(null, trusted);
	}

	/** Shows what the key managers choose, and trusts those. */
	static SSLContext context(KeyManager[] keyManagers, TestCertificate... trusted) {
		try {
			KeyStore store = emptyStore();
			for (int i = 0; i < trusted.length; i++) {
				store.setCertificateEntry("trusted" + i, trusted[i].certificate);
			}
			TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trust.init(store);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(keyManagers, trust.getTrustManagers(), null);
			return context;
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	KeyManager[] keyManagers() {
		try {
			KeyStore store = emptyStore();
			store.setKeyEntry("own", this.key, PASSWORD, new X509Certificate[] { this.certificate });
			KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			keys.init(store, PASSWORD);
			return keys.getKeyManagers();
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		return store;
	}

	public String certificatePem() {
		try {
			return pem("CERTIFICATE", this.certificate.getEncoded());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public String keyPem() {
		return pem("PRIVATE KEY", this.key.getEncoded());
	}

	private static String pem(String type, byte[] content) {
		return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content)
				+ "\n-----END " + type + "-----\n";
	}

}
