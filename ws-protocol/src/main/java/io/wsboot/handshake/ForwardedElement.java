package io.wsboot.handshake;

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
public record ForwardedElement(@Nullable String node, @Nullable String host) {

	static final ForwardedElement EMPTY = new ForwardedElement(null, null);

	/**
	 * What the {@code Forwarded} fields of a request say (RFC 7239 §4), the nearest proxy
	 * last.
	 * @param headers the headers of the request
	 * @return an element for each proxy; none if there is no such field, or one breaks
	 * the grammar
	 */
	public static List<ForwardedElement> ofForwarded(Headers headers) {
		return new ForwardedField(String.join(",", headers.all("Forwarded"))).elements();
	}

	/**
	 * What {@code X-Forwarded-For} and {@code X-Forwarded-Host} fields of a request say,
	 * the nearest proxy last. Where there are fewer hosts than nodes, the nearest proxies
	 * have not added theirs.
	 * @param headers the headers of the request
	 * @return an element for each proxy; none if there is no such field
	 */
	public static List<ForwardedElement> ofXForwarded(Headers headers) {
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
