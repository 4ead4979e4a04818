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

	private final Supplier<ServerPlace> place;

	/**
	 * Creates the contributor.
	 * @param server finds the running server, null if none runs
	 * @param place tells where clients find the running server
	 */
	public WsInfoContributor(Supplier<@Nullable WsServer> server, Supplier<ServerPlace> place) {
		this.server = server;
		this.place = place;
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
			ServerPlace place = this.place.get();
			if (place.port() > 0) {
				details.put("port", place.port());
			}
			else {
				details.put("address", running.options().address().toString());
			}
			details.put("scheme", place.scheme());
			List<String> endpoints = running.stats().endpoints().stream().map(EndpointStats::path).toList();
			details.put("endpoints", endpoints);
		}
		builder.withDetail("ws", details);
	}

}
