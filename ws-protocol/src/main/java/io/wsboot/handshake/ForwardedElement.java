package io.wsboot.handshake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.wsboot.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What one proxy says about the request that it forwards. Whether the server trusts the
 * proxy is not decided here.
 *
 * @param node the client or proxy that sent the request to this proxy (RFC 7239 §6); null
 * if the proxy does not say
 * @param host the {@code Host} of the request that this proxy received; null if the proxy
 * does not say
 */
public record ForwardedElement(@Nullable String node, @Nullable String host) {

	private static final ForwardedElement EMPTY = new ForwardedElement(null, null);

	/**
	 * Reads the {@code Forwarded} fields of a request (RFC 7239 §4).
	 * @param headers the headers of the request
	 * @return an element for each proxy, the nearest last; none if there is no such
	 * field, or one breaks the grammar
	 */
	public static List<ForwardedElement> ofForwarded(Headers headers) {
		FieldCursor value = new FieldCursor(String.join(",", headers.all("Forwarded")));
		List<ForwardedElement> elements = new ArrayList<>();
		ForwardedElement element = null;
		value.skipBlanks();
		while (!value.isAtEnd()) {
			if (value.skipSeparator(',')) {
				addTo(elements, element);
				element = null;
			}
			else if (!value.skipSeparator(';')) {
				element = withParameter((element != null) ? element : EMPTY, value);
				if (element == null) {
					return List.of();
				}
			}
		}
		addTo(elements, element);
		return elements;
	}

	private static void addTo(List<ForwardedElement> elements, @Nullable ForwardedElement element) {
		if (element != null) {
			elements.add(element);
		}
	}

	/** Takes one parameter; null if the value breaks the grammar there. */
	private static @Nullable ForwardedElement withParameter(ForwardedElement element, FieldCursor value) {
		String name = value.token();
		String text = value.skip('=') ? value.tokenOrQuotedString() : "";
		value.skipBlanks();
		boolean separated = value.isAtEnd() || value.isAt(',') || value.isAt(';');
		if (name.isEmpty() || text.isEmpty() || !separated) {
			return null;
		}
		return switch (name.toLowerCase(Locale.ROOT)) {
			case "for" -> new ForwardedElement(text, element.host);
			case "host" -> new ForwardedElement(element.node, text);
			default -> element;
		};
	}

	/**
	 * Reads the {@code X-Forwarded-For} and {@code X-Forwarded-Host} fields of a request.
	 * Where there are fewer hosts than nodes, the nearest proxies have not added a host,
	 * and the last one stands for theirs.
	 * @param headers the headers of the request
	 * @return an element for each proxy, the nearest last; none if there is no
	 * {@code X-Forwarded-For} field
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

}
