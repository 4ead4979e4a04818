package io.wsboot.server.upgrade;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.wsboot.HandshakeRequest;
import io.wsboot.Headers;
import io.wsboot.Headers.Field;
import io.wsboot.server.spi.Upgrade;
import io.wsboot.server.spi.UpgradeRequest;
import io.wsboot.server.spi.Upgrades;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests as a host passes them on. */
final class Requests {

	private Requests() {
	}

	/**
	 * The fields of a proper opening handshake, and more; a field without a value goes.
	 */
	static Headers fields(String... more) {
		List<Field> fields = new ArrayList<>(List.of(new Field("Host", "example.com"),
				new Field("Upgrade", "websocket"), new Field("Connection", "Upgrade"),
				new Field("Sec-WebSocket-Version", "13"), new Field("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")));
		for (String line : more) {
			String[] field = line.split(":", 2);
			if (field.length == 1 || field[1].startsWith("=")) {
				fields.removeIf((old) -> old.name().equals(field[0]));
			}
			if (field.length == 2) {
				fields.add(new Field(field[0], field[1].replaceFirst("^=", "").strip()));
			}
		}
		return Headers.of(fields);
	}

	static UpgradeRequest get(String path, String... fields) {
		return new UpgradeRequest("GET", new HandshakeRequest(path, null, fields(fields)));
	}

	static UpgradeRequest from(@Nullable InetSocketAddress client, String path) {
		return new UpgradeRequest("GET", new HandshakeRequest(path, null, fields(), Map.of(), client));
	}

	static UpgradeRequest by(@Nullable Principal principal, @Nullable String subprotocol,
			Map<String, Object> attributes, UpgradeRequest request) {
		return new UpgradeRequest(request.method(), request.protocol(), request.handshake(), request.host(), principal,
				subprotocol, attributes);
	}

	static Upgrade judge(Upgrades upgrades, UpgradeRequest request) {
		return upgrades.judge(request).toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
	}

	static Upgrade accept(Upgrades upgrades, UpgradeRequest request) {
		Upgrade upgrade = judge(upgrades, request);
		assertThat(upgrade.status()).isEqualTo(101);
		assertThat(upgrade.isAccepted()).isTrue();
		return upgrade;
	}

	static Upgrade refuse(int status, Upgrades upgrades, UpgradeRequest request) {
		Upgrade upgrade = judge(upgrades, request);
		assertThat(upgrade.status()).isEqualTo(status);
		assertThat(upgrade.isAccepted()).isFalse();
		return upgrade;
	}

}
