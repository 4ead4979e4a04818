package io.wsboot.handshake;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a server makes of the head of a request, read in the most obvious way: from a text
 * that holds all of it, line after line. Shares no code with the real one.
 */
public final class NaiveHead {

	static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]";

	private static final String HEX = "%[0-9A-Fa-f]{2}";

	private static final String URI = "[A-Za-z0-9._~!$&'()*+,;=:@/?\\[\\]-]|" + HEX;

	private static final Pattern TARGET = Pattern
		.compile("(?>(?>" + URI.replace("?", "") + ")*+(?>\\?(?>" + URI + "|[{}|^`\\\\])*+)?)");

	private static final Pattern HOST = Pattern.compile(
			"(?>\\[(?=[^\\]]*:)[0-9A-Fa-f:.]*\\]|" + "(?>[A-Za-z0-9._~!$&'()*+,;=-]|" + HEX + ")++)(?>:(\\d{0,5}))?");

	private static final Pattern ABSOLUTE = Pattern.compile("(?i:https?)://([^/?]*)(.*)");

	private static final Pattern NAME = Pattern.compile(TOKEN + "*+");

	private static final Pattern CUT_PERCENT = Pattern.compile("%[0-9A-Fa-f]?$");

	private static final Pattern VERSION = Pattern.compile("HTTP/\\d\\.\\d");

	private static final Pattern FIELD = Pattern.compile("(" + TOKEN + "++):([\\t\\x20-\\x7E\\x80-\\xFF]*+)");

	private final NaiveFields fields = new NaiveFields();

	private final HandshakeLimits limits;

	private String method = "";

	private String path = "";

	private @Nullable String query;

	/** Of a target that names it. */
	private @Nullable String authority;

	private char minor;

	/** Status of the refusal; 0 if there is none. */
	private int fault;

	/** How many bytes it took to tell; 0 if they are too few. */
	private int taken;

	private NaiveHead(HandshakeLimits limits) {
		this.limits = limits;
	}

	/** Reads bytes, among which other bytes may follow the head. */
	public static NaiveHead of(HandshakeLimits limits, byte[] wire) {
		return of(limits, wire, wire.length);
	}

	/** The same for somebody who thinks to know how many bytes it takes to tell. */
	static NaiveHead of(HandshakeLimits limits, byte[] wire, int guess) {
		String text = new String(wire, StandardCharsets.ISO_8859_1);
		int tooFew = -1;
		int enough = wire.length + 1;
		for (int tries = 0; enough - tooFew > 1; tries++) {
			int tried = (tries < 2) ? guess - tries : (tooFew + enough) >>> 1;
			if (tried > tooFew && tried < enough) {
				boolean told = read(limits, text.substring(0, tried)).taken > 0;
				tooFew = told ? tooFew : tried;
				enough = told ? tried : enough;
			}
		}
		return read(limits, text.substring(0, Math.min(enough, wire.length)));
	}

	/** How many bytes it takes to tell; 0 if there are too few. */
	public int taken() {
		return this.taken;
	}

	/** Status with which a head that is no HTTP is refused; 0 if it is. */
	public int fault() {
		return this.fault;
	}

	/** The path. */
	public String path() {
		return this.path;
	}

	/** Values of all fields of a name. */
	public List<String> values(String name) {
		return this.fields.values(name);
	}

	/** RFC 6455 §4.2.1: status of the refusal; 0 if it opens a WebSocket. */
	public int faultOfOpening() {
		return this.method.equals("GET") ? this.fields.faultOfOpening(this.minor) : 405;
	}

	@Override
	public String toString() {
		return this.method + " " + this.path + ((this.query != null) ? "?" + this.query : "") + " " + this.minor + " "
				+ this.fields;
	}

	private static NaiveHead read(HandshakeLimits limits, String text) {
		NaiveHead head = new NaiveHead(limits);
		head.fault = head.read(text);
		if (head.fault > 0) {
			head.taken = text.length();
		}
		head.fault = Math.max(0, head.fault);
		return head;
	}

	/** Status of the refusal; 0 if there is none, -1 if there is no telling yet. */
	private int read(String text) {
		int start = 0;
		int fieldsStart = 0;
		while (true) {
			int end = start;
			while (end < text.length() && text.charAt(end) != '\r' && text.charAt(end) != '\n') {
				end++;
			}
			String line = text.substring(start, end);
			boolean ended = end < text.length() && text.charAt(end) == '\r';
			int fault = (fieldsStart == 0) ? requestLine(line, ended) : field(line, ended, start - fieldsStart);
			if (fault > 0) {
				return fault;
			}
			if (end == text.length()) {
				return -1;
			}
			if (!ended) {
				return 400; // a line feed alone
			}
			boolean empty = fieldsStart > 0 && line.isEmpty();
			if (fieldsStart > 0 && !empty && end + 1 - fieldsStart > this.limits.maxHeadersSize()) {
				return 431;
			}
			if (end + 1 == text.length()) {
				return -1;
			}
			if (text.charAt(end + 1) != '\n') {
				return 400;
			}
			if (fieldsStart > 0 && !empty && end + 2 - fieldsStart > this.limits.maxHeadersSize()) {
				return 431;
			}
			start = end + 2;
			if (empty) {
				this.taken = start;
				return this.fields.fault(this.minor, this.authority);
			}
			fieldsStart = (fieldsStart == 0) ? start : fieldsStart;
		}
	}

	private int requestLine(String line, boolean ended) {
		int longest = this.limits.maxRequestLine();
		int fault = requestLineWithin(line.substring(0, Math.min(longest, line.length())),
				ended && line.length() <= longest);
		return (fault == 0 && line.length() > longest) ? 414 : fault;
	}

	private int requestLineWithin(String line, boolean ended) {
		String[] parts = line.split(" ", 3);
		this.method = parts[0];
		if (!NAME.matcher(parts[0]).matches() || (parts[0].isEmpty() && (parts.length > 1 || ended))) {
			return 400;
		}
		if (parts.length == 1) {
			return ended ? 400 : 0;
		}
		boolean targetEnds = parts.length == 3;
		String target = targetEnds ? parts[1] : CUT_PERCENT.matcher(parts[1]).replaceFirst("");
		if (!TARGET.matcher(target).matches() || (targetEnds && !target.equals("*") && !isTarget(target))) {
			return 400;
		}
		if (!targetEnds) {
			return ended ? 400 : 0;
		}
		String version = parts[2];
		if (!VERSION.matcher(version + "HTTP/1.1".substring(Math.min(8, version.length()))).matches()) {
			return 400;
		}
		if (version.length() == 8 && version.charAt(5) != '1') {
			return 505;
		}
		if (ended && (version.length() < 8 || target.equals("*"))) {
			return 400;
		}
		this.minor = (version.length() == 8) ? version.charAt(7) : ' ';
		return 0;
	}

	private boolean isTarget(String target) {
		String local = target;
		if (!target.startsWith("/")) {
			Matcher absolute = ABSOLUTE.matcher(target);
			if (!absolute.matches() || !isHost(absolute.group(1))) {
				return false;
			}
			this.authority = absolute.group(1);
			local = absolute.group(2).startsWith("/") ? absolute.group(2) : "/" + absolute.group(2);
		}
		String[] parts = local.split("\\?", 2);
		this.path = parts[0];
		this.query = (parts.length > 1) ? parts[1] : null;
		return !this.path.contains("[") && !this.path.contains("]");
	}

	static boolean isHost(String text) {
		Matcher host = HOST.matcher(text);
		return host.matches()
				&& (host.group(1) == null || host.group(1).isEmpty() || Integer.parseInt(host.group(1)) <= 65_535);
	}

	private int field(String line, boolean ended, int before) {
		if (line.isEmpty()) {
			return 0;
		}
		if (this.fields.size() == this.limits.maxHeaders()) {
			return 431;
		}
		int room = this.limits.maxHeadersSize() - before;
		String within = line.substring(0, Math.max(0, Math.min(room, line.length())));
		Matcher field = FIELD.matcher(line);
		boolean right = field.matches();
		if (!right) {
			if (!NAME.matcher(within).matches() && !FIELD.matcher(within).matches()) {
				return 400;
			}
			if (within.length() == line.length() && ended) {
				return 400;
			}
			// the byte behind the last one for which there is room is judged, too
			String judged = line.substring(0, Math.min(within.length() + 1, line.length()));
			if (!NAME.matcher(judged).matches() && !FIELD.matcher(judged).matches()) {
				return 400;
			}
		}
		if (within.length() < line.length()) {
			return 431;
		}
		if (right && ended) {
			this.fields.add(field.group(1), field.group(2));
		}
		return 0;
	}

}
