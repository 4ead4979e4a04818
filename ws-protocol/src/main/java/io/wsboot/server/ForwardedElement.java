package io.wsboot.server;

import java.util.ArrayList;
import java.util.List;

import io.wsboot.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What one proxy says about whom it has got a request from.
 *
 * @param node who that was; null if it does not say
 * @param host the {@code Host} that it was asked for; null if it does not say
 */
record ForwardedElement(@Nullable String node, @Nullable String host) {

	static final ForwardedElement EMPTY = new ForwardedElement(null, null);

	/**
	 * What the proxies on the way say, the nearest last.
	 * @param headers the headers of the request
	 * @param form which fields they write
	 * @return an element for each; none if they say nothing, or write nonsense
	 */
	static List<ForwardedElement> of(Headers headers, ProxyOptions.Headers form) {
		return switch (form) {
			case X_FORWARDED -> xForwarded(headers);
			case FORWARDED -> new ForwardedField(String.join(",", headers.all("Forwarded"))).elements();
		};
	}

	/**
	 * Where there are fewer hosts than nodes, the nearest proxies have not added theirs.
	 */
	private static List<ForwardedElement> xForwarded(Headers headers) {
		List<String> nodes = headers.list("X-Forwarded-For");
		List<String> hosts = headers.list("X-Forwarded-Host");
		List<ForwardedElement> elements = new ArrayList<>();
		for (int i = 0; i < nodes.size(); i++) {
			String host = hosts.isEmpty() ? null : hosts.get(Math.min(i, hosts.size() - 1));
			elements.add(new ForwardedElement(nodes.get(i), host));
		}
		return elements;
	}

	/** With one more parameter. */
	ForwardedElement with(String name, String value) {
		return switch (name) {
			case "for" -> new ForwardedElement(value, this.host);
			case "host" -> new ForwardedElement(this.node, value);
			default -> this;
		};
	}

}
