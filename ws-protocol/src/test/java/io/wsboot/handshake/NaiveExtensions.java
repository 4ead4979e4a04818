package io.wsboot.handshake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a server makes of {@code Sec-WebSocket-Extensions}, told by patterns that are the
 * grammar of RFC 6455 §9.1 and the parameters of RFC 7692 §7.1. Shares no code with the
 * real one.
 */
public final class NaiveExtensions {

	private static final String BLANK = "[ \\t]*+";

	private static final String TOKEN = NaiveHead.TOKEN + "++";

	private static final Pattern NAME = Pattern.compile(BLANK + "(" + TOKEN + ")" + BLANK);

	private static final Pattern PARAMETER = Pattern.compile(";" + BLANK + "(" + TOKEN + ")" + BLANK + "(?>=" + BLANK
			+ "(?>(" + TOKEN + ")|\"([^\"\\\\]*+(?>\\\\[\\s\\S][^\"\\\\]*+)*+)\")" + BLANK + ")?");

	private static final Pattern SEPARATOR = Pattern.compile(BLANK + ",");

	private NaiveExtensions() {
	}

	/**
	 * Reads the values of all such fields of a request.
	 * @return for each offer its name and parameters, written {@code name} or
	 * {@code name=value}; null if the grammar is broken
	 */
	public static @Nullable List<List<String>> parse(List<String> values) {
		List<List<String>> offers = new ArrayList<>();
		for (String value : values) {
			int at = 0;
			boolean separated = true;
			while (at < value.length() && !value.substring(at).isBlank()) {
				String rest = value.substring(at);
				Matcher separator = SEPARATOR.matcher(rest);
				if (separator.lookingAt()) {
					separated = true;
					at += separator.end();
					continue;
				}
				List<String> offer = new ArrayList<>();
				int length = offer(rest, offer);
				if (!separated || length < 0) {
					return null;
				}
				offers.add(offer);
				separated = false;
				at += length;
			}
		}
		return offers;
	}

	private static int offer(String text, List<String> offer) {
		Matcher name = NAME.matcher(text);
		if (!name.lookingAt()) {
			return -1;
		}
		offer.add(name.group(1));
		int at = name.end();
		Matcher parameter = PARAMETER.matcher(text);
		while (parameter.region(at, text.length()).lookingAt()) {
			String quoted = parameter.group(3);
			String value = (quoted != null) ? quoted.replaceAll("\\\\([\\s\\S])", "$1") : parameter.group(2);
			if (value != null && !value.matches(TOKEN)) {
				return -1;
			}
			offer.add(parameter.group(1) + ((value != null) ? "=" + value : ""));
			at = parameter.end();
		}
		return at;
	}

	/**
	 * The answer to offers that keep the grammar.
	 * @param serverKeeps whether we may keep our window
	 * @param clientKeeps whether the client may keep its own
	 * @return the value of the field; null if there is none
	 */
	public static @Nullable String answer(List<List<String>> offers, boolean serverKeeps, boolean clientKeeps) {
		for (List<String> offer : offers) {
			List<String> parameters = offer.subList(1, offer.size());
			boolean known = parameters.stream()
				.allMatch((each) -> each.matches("(?:server|client)_no_context_takeover|client_max_window_bits"
						+ "|(?:server|client)_max_window_bits=(?:[89]|1[0-5])"));
			boolean once = parameters.stream()
				.map((each) -> each.replaceAll("=.*", ""))
				.distinct()
				.count() == parameters.size();
			if (offer.get(0).equals("permessage-deflate") && known && once) {
				HashSet<String> set = new HashSet<>(parameters);
				String answer = "permessage-deflate";
				answer += (!serverKeeps || set.contains("server_no_context_takeover")) ? "; server_no_context_takeover"
						: "";
				answer += (!clientKeeps || set.contains("client_no_context_takeover")) ? "; client_no_context_takeover"
						: "";
				for (int bits = 8; bits <= 15; bits++) {
					answer += set.contains("server_max_window_bits=" + bits) ? "; server_max_window_bits=" + bits : "";
				}
				return answer;
			}
		}
		return null;
	}

}
