package io.wsboot.handshake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The header fields of a request, and what must be true of them, one rule after the
 * other. Shares no code with the real ones.
 */
final class NaiveFields {

	private static final Pattern BLANKS = Pattern.compile("^[ \\t]+|[ \\t]+$");

	private final List<String> names = new ArrayList<>();

	private final List<String> values = new ArrayList<>();

	void add(String name, String value) {
		this.names.add(name);
		this.values.add(stripped(value));
	}

	int size() {
		return this.names.size();
	}

	/** Values of all fields of a name. */
	List<String> values(String name) {
		List<String> found = new ArrayList<>();
		for (int i = 0; i < this.names.size(); i++) {
			if (this.names.get(i).equalsIgnoreCase(name)) {
				found.add(this.values.get(i));
			}
		}
		return found;
	}

	/** Members of lists, without the empty ones. */
	private List<String> members(String name) {
		List<String> members = new ArrayList<>();
		for (String value : values(name)) {
			for (String member : value.split(",")) {
				if (!stripped(member).isEmpty()) {
					members.add(stripped(member));
				}
			}
		}
		return members;
	}

	private boolean has(String name, String member) {
		return members(name).stream().anyMatch((each) -> each.toLowerCase(Locale.ROOT).equals(member));
	}

	/**
	 * What is wrong whatever the request is for.
	 * @return status of the refusal; 0 if there is none
	 */
	int fault(char minor, @Nullable String authority) {
		List<String> hosts = values("Host");
		boolean host = hosts.isEmpty() ? minor == '0' : hosts.size() == 1 && NaiveHead.isHost(hosts.get(0));
		List<String> lengths = values("Content-Length");
		boolean empty = values("Transfer-Encoding").isEmpty() && lengths.size() < 2
				&& lengths.stream().allMatch((length) -> length.matches("0+"));
		List<String> subprotocols = members("Sec-WebSocket-Protocol");
		boolean named = new HashSet<>(subprotocols).size() == subprotocols.size()
				&& subprotocols.stream().allMatch((name) -> name.matches(NaiveHead.TOKEN + "++"));
		if (!host || !empty || !named || NaiveExtensions.parse(values("Sec-WebSocket-Extensions")) == null) {
			return 400;
		}
		for (int i = 0; i < this.names.size(); i++) {
			if (authority != null && this.names.get(i).equalsIgnoreCase("Host")) {
				this.values.set(i, authority); // RFC 9112 §3.2.2
			}
		}
		return 0;
	}

	/** RFC 6455 §4.2.1: status of the refusal; 0 if this opens a WebSocket. */
	int faultOfOpening(char minor) {
		if (minor == '0' || !has("Upgrade", "websocket") || !has("Connection", "upgrade")
				|| !values("Sec-WebSocket-Version").equals(List.of("13"))) {
			return 426;
		}
		List<String> keys = values("Sec-WebSocket-Key");
		return (keys.size() == 1 && keys.get(0).matches("[A-Za-z0-9+/]{22}==")) ? 0 : 400;
	}

	private static String stripped(String value) {
		return BLANKS.matcher(value).replaceAll("");
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < this.names.size(); i++) {
			text.append(this.names.get(i)).append(": ").append(this.values.get(i)).append('\n');
		}
		return text.toString();
	}

}
