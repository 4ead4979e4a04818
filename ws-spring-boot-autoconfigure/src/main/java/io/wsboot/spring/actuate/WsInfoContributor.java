package io.wsboot.spring.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.wsboot.server.WsServer;
import io.wsboot.server.spi.WsServerStats.EndpointStats;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * Adds {@code ws} to the application's information: the version of wsboot, if known from
 * its jar, and the port, scheme and endpoints of the running server. These details stay
 * the same while the server runs, unless endpoints are added or removed.
 */
public final class WsInfoContributor implements InfoContributor {

	private final Supplier<@Nullable WsServer> server;

	/**
	 * Creates the contributor.
	 * @param server finds the running server, null if none runs
	 */
	public WsInfoContributor(Supplier<@Nullable WsServer> server) {
		this.server = server;
	}

	@Override
	public void contribute(Info.Builder builder) {
		Map<String, Object> details = new LinkedHashMap<>();
		String version = WsServer.class.getPackage().getImplementationVersion();
		if (version != null) {
			details.put("version", version);
		}
		WsServer running = this.server.get();
		if (running != null) {
			if (running.port() > 0) {
				details.put("port", running.port());
			}
			else {
				details.put("address", running.options().address().toString());
			}
			details.put("scheme", running.isSecure() ? "wss" : "ws");
			List<String> endpoints = running.stats().endpoints().stream().map(EndpointStats::path).toList();
			details.put("endpoints", endpoints);
		}
		builder.withDetail("ws", details);
	}

}
