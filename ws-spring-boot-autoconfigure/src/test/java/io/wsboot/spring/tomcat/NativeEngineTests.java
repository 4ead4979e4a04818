package io.wsboot.spring.tomcat;

import java.lang.reflect.Proxy;
import java.util.List;

import javax.net.ssl.SSLEngine;

import io.wsboot.ClientBytes;
import io.wsboot.server.spi.Carrier;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLContext;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLUtil;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.jsse.JSSEImplementation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Engines that tell Tomcat's own {@link SSLUtil.ProtocolInfo}, as those of OpenSSL do, in
 * which Tomcat frees native memory: Tomcat keeps the socket and the engine.
 */
class NativeEngineTests {

	private static SharedTomcat start() {
		return new SharedTomcat.Setup().connector(NativeEngineTests::prepare).start(Way.TLS_SOCKET);
	}

	private static void prepare(Connector connector) {
		SSLHostConfigCertificate certificate = connector.findSslHostConfigs()[0].getCertificates().iterator().next();
		try {
			SSLContext jdk = new JSSEImplementation().getSSLUtil(certificate).createSSLContext(List.of());
			certificate.setSslContext((SSLContext) Proxy.newProxyInstance(NativeEngineTests.class.getClassLoader(),
					new Class<?>[] { SSLContext.class }, (proxy, method, arguments) -> {
						Object result = method.invoke(jdk, arguments);
						return (result instanceof SSLEngine engine) ? new EngineLikeOpenSsl(engine) : result;
					}));
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void sessionsHaveAWire() throws Exception {
		try (SharedTomcat server = start()) {
			List<Long> before = server.kept();
			try (Client client = Client.connect(server)) {
				client.expectHello("/");
				assertThat(server.endpoint().getConnections()).singleElement()
					.satisfies((connection) -> assertThat(((SecureNioChannel) connection.getSocket()).getSslEngine())
						.isInstanceOf(SSLUtil.ProtocolInfo.class));
				ClientBytes bytes = new ClientBytes().handshake().text("carrier");
				for (int i = 0; i < 20; i++) {
					bytes.text(i + "x".repeat(5000));
				}
				client.send(bytes);
				client.expectSwitch();
				client.expectText(Carrier.WIRE.toString());
				for (int i = 0; i < 20; i++) {
					client.expectText(i + "x".repeat(5000));
				}
				client.closeInOrder();
			}
			server.expectSeen("close 1000");
			server.expectSessions(0);
			server.expectKept(before);
			assertThat(server.failures).isEmpty();
		}
	}

	@Test
	void nothingIsKeptBehindAReset() throws Exception {
		try (SharedTomcat server = start()) {
			List<Long> before = server.kept();
			for (int i = 0; i < 5; i++) {
				Client client = Client.open(server);
				client.expectEcho("hello");
				client.reset();
			}
			server.expectSessions(0);
			server.expectKept(before);
		}
	}

}
