package io.wsboot.spring.autoconfigure;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLContext;

import io.wsboot.server.config.TlsOptions;
import io.wsboot.server.config.TlsOptions.ClientAuth;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Makes TLS options of one of the application's SSL bundles. After a reload of the bundle
 * new connections use the new content; open connections stay as they are.
 */
final class BundleTls {

	private BundleTls() {
	}

	/**
	 * Makes the options. Call this method once, as it registers a handler with the
	 * bundle.
	 * @param ssl the properties
	 * @param bundles the application's bundles
	 * @return the options; null if connections are not encrypted
	 * @throws org.springframework.boot.ssl.NoSuchSslBundleException if there is no such
	 * bundle
	 */
	static @Nullable TlsOptions choose(WsServerProperties.Ssl ssl, ObjectProvider<SslBundles> bundles) {
		String name = ssl.bundle();
		if (name == null || name.isEmpty()) {
			requireNoClientAuth(ssl.clientAuth());
			return null;
		}
		SslBundle bundle = bundles.getObject().getBundle(name);
		AtomicReference<SSLContext> context = new AtomicReference<>(bundle.createSslContext());
		bundles.getObject().addBundleUpdateHandler(name, (updated) -> context.set(updated.createSslContext()));
		return new TlsOptions(context::get, ssl.clientAuth(), list(bundle.getOptions().getEnabledProtocols()),
				list(bundle.getOptions().getCiphers()));
	}

	private static void requireNoClientAuth(ClientAuth clientAuth) {
		if (clientAuth != ClientAuth.NONE) {
			throw new InvalidConfigurationPropertyValueException(PropertiesMapping.PREFIX + "ssl.client-auth",
					clientAuth, "Clients can show certificates only if ws.server.ssl.bundle is set");
		}
	}

	private static List<String> list(String @Nullable [] values) {
		return (values != null) ? List.of(values) : List.of();
	}

}
