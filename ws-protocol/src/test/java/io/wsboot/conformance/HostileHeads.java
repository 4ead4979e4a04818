package io.wsboot.conformance;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.wsboot.ClientBytes;

import static io.wsboot.conformance.HostilePeer.fineRequest;
import static io.wsboot.conformance.HostilePeer.request;

/**
 * Hostile requests, the first of the tables: RFC 9112 and RFC 6455 §4.
 */
final class HostileHeads {

	private static final String HEAD = new String(new ClientBytes().handshake().bytes(), StandardCharsets.US_ASCII);

	private static final String HOST = "Host: example.com\r\n";

	private static final String LINE = "GET /echo HTTP/1.1\r\n";

	private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

	private static final String VERSION = "Sec-WebSocket-Version: 13\r\n";

	/** Would be answered too, were it looked at. */
	private static final String NEXT_REQUEST = "GET /echo HTTP/1.1\r\nHost: a\r\n\r\n";

	private HostileHeads() {
	}

	/** A proper handshake but for one piece. */
	private static String but(String piece, String replacement) {
		if (!HEAD.contains(piece)) {
			throw new IllegalArgumentException(piece);
		}
		return HEAD.replace(piece, replacement);
	}

	/** A proper handshake with more. */
	private static String with(String lines) {
		return but(HOST, HOST + lines);
	}

	private static String get(String target) {
		return but("/echo", target);
	}

	static Stream<HostilePeer> all() {
		return Stream.of(requestLines(), targets(), fields(), smuggling(), handshakes(), paths(), origins())
			.flatMap(List::stream);
	}

	/** Those that another server passes on, which reads the requests. */
	static Stream<HostilePeer> passedOn() {
		return Stream.of(smuggling(), handshakes(), paths(), origins()).flatMap(List::stream);
	}

	/** Those that any other server passes on, as their content is framed well. */
	static Stream<HostilePeer> framedWell() {
		return Stream.of(handshakes(), paths(), origins()).flatMap(List::stream);
	}

	private static List<HostilePeer> requestLines() {
		return List.of(request("POST", "RFC 6455 §4.2.1", but("GET", "POST"), 405),
				request("HEAD", "RFC 6455 §4.2.1", but("GET", "HEAD"), 405),
				request("TRACE", "RFC 6455 §4.2.1", but("GET", "TRACE"), 405),
				request("lower-case method", "RFC 9110 §9.1", but("GET", "get"), 405),
				request("CONNECT", "RFC 9112 §3.2.3", but("GET /echo", "CONNECT example.com:80"), 400),
				request("method that is no token", "RFC 9110 §9.1", but("GET", "G@T"), 400),
				request("no method", "RFC 9112 §3", but("GET ", " "), 400),
				request("NUL for a method", "RFC 9110 §9.1", "\0" + HEAD, 400),
				request("TLS", "RFC 8446 §5.1", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001", 400),
				request("HTTP/2 with prior knowledge", "RFC 9113 §3.4", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
				request("HTTP/0.9", "RFC 9112 §2.3", "GET /echo\r\n", 400),
				request("HTTP/1.0", "RFC 9110 §7.8", but("HTTP/1.1", "HTTP/1.0"), 426),
				request("HTTP/2.0", "RFC 9110 §15.6.6", but("HTTP/1.1", "HTTP/2.0"), 505),
				request("HTTP/9.9", "RFC 9110 §15.6.6", but("HTTP/1.1", "HTTP/9.9"), 505),
				request("HTTP/1.10", "RFC 9112 §2.3", but("HTTP/1.1", "HTTP/1.10"), 400),
				request("HTTP/11", "RFC 9112 §2.3", but("HTTP/1.1", "HTTP/11"), 400),
				request("lower-case version", "RFC 9112 §2.3", but("HTTP/1.1", "http/1.1"), 400),
				request("other protocol", "RFC 9112 §2.3", but("HTTP/1.1", "ICAP/1.1"), 400),
				request("space behind the version", "RFC 9112 §3", but("HTTP/1.1", "HTTP/1.1 "), 400),
				request("two spaces before the target", "RFC 9112 §3", but("GET ", "GET  "), 400),
				request("two spaces before the version", "RFC 9112 §3", but(" HTTP", "  HTTP"), 400),
				request("tabs for spaces", "RFC 9112 §3", but("GET ", "GET\t"), 400),
				request("empty line first", "RFC 9112 §2.2", "\r\n" + HEAD, 400),
				request("LF for CRLF in the request line", "RFC 9112 §2.2", but("1.1\r\n", "1.1\n"), 400),
				request("CR in the request line", "RFC 9112 §2.2", but("HTTP", "\rHTTP"), 400),
				request("request line above the limit by one", "RFC 9112 §3", get("/" + "x".repeat(512 - 13)), 414),
				request("endless request line", "RFC 9112 §3", "GET /" + "x".repeat(3000), 414),
				request("endless method", "RFC 9112 §3", "X".repeat(3000), 414));
	}

	private static List<HostilePeer> targets() {
		return List.of(request("asterisk", "RFC 9112 §3.2.4", get("*"), 400),
				request("fragment", "RFC 6455 §3", get("/echo#a"), 400),
				request("percent without digits", "RFC 3986 §2.1", get("/echo?%zz"), 400),
				request("half a percent escape", "RFC 3986 §2.1", get("/echo?%4"), 400),
				request("bracket in the path", "RFC 3986 §3.3", get("/[echo]"), 400),
				request("backslash in the path", "RFC 3986 §3.3", get("\\echo"), 400),
				request("byte above ASCII", "RFC 3986 §2", get("/\u00E9cho"), 400),
				request("NUL in the target", "RFC 3986 §2", get("/echo\0"), 400),
				request("relative target", "RFC 9112 §3.2.1", get("echo"), 400),
				request("ftp URI", "RFC 9112 §3.2", get("ftp://example.com/echo"), 400),
				request("ws URI", "RFC 9112 §3.2", get("ws://example.com/echo"), 400),
				request("URI without host", "RFC 9110 §4.2.1", get("http:///echo"), 400),
				request("URI with user", "RFC 9110 §4.2.4", get("http://a@example.com/echo"), 400),
				fineRequest("absolute form", "RFC 9112 §3.2.2", get("http://example.com/echo")),
				fineRequest("raw braces in the query", "URL Standard", get("/echo?{\"a\":[1]}".replace("\"", ""))));
	}

	private static List<HostilePeer> fields() {
		return List.of(request("no colon", "RFC 9112 §5", with("Nonsense\r\n"), 400),
				request("space before the colon", "RFC 9112 §5.1", with("X : a\r\n"), 400),
				request("tab before the colon", "RFC 9112 §5.1", with("X\t: a\r\n"), 400),
				request("white space before the first field", "RFC 9112 §2.2", but(LINE, LINE + " X: a\r\n"), 400),
				request("obs-fold", "RFC 9112 §5.2", with("X: a\r\n b\r\n"), 400),
				request("field without a name", "RFC 9110 §5.1", with(": a\r\n"), 400),
				request("name that is no token", "RFC 9110 §5.1", with("X(Y): a\r\n"), 400),
				request("name above ASCII", "RFC 9110 §5.1", with("\u00C4: a\r\n"), 400),
				request("LF for CRLF", "RFC 9112 §2.2", with("X: a\n"), 400),
				request("CR for CRLF", "RFC 9112 §2.2", with("X: a\rY: b\r\n"), 400),
				request("NUL in a value", "RFC 9110 §5.5", with("X: a\0b\r\n"), 400),
				request("DEL in a value", "RFC 9110 §5.5", with("X: a\u007Fb\r\n"), 400),
				request("escape sequence in a value", "RFC 9110 §5.5", with("X: \u001B[31m\r\n"), 400),
				request("head ends in LF LF", "RFC 9112 §2.2", HEAD.substring(0, HEAD.length() - 4) + "\n\n", 400),
				request("no Host", "RFC 9112 §3.2", but(HOST, ""), 400),
				request("two Hosts", "RFC 9112 §3.2", with(HOST), 400),
				request("empty Host", "RFC 9110 §4.2.1", but("example.com", ""), 400),
				request("Host with a path", "RFC 9110 §7.2", but("example.com", "example.com/a"), 400),
				request("Host with a space", "RFC 9110 §7.2", but("example.com", "example .com"), 400),
				request("Host with a user", "RFC 9110 §4.2.4", but("example.com", "a@example.com"), 400),
				request("Host with port 65536", "RFC 3986 §3.2.3", but("example.com", "example.com:65536"), 400),
				request("Host list", "RFC 9110 §7.2", but("example.com", "a, b"), 400),
				request("one header line too many", "RFC 6585 §5", with(lines(20)), 431),
				request("header bomb of short lines", "RFC 6585 §5", with(lines(1000)), 431),
				request("header bomb of one long value", "RFC 6585 §5", with("X: " + "x".repeat(1024) + "\r\n"), 431),
				request("header bomb of one long name", "RFC 6585 §5", with("X".repeat(1024) + ": x\r\n"), 431),
				request("endless value", "RFC 6585 §5", LINE + "X: " + "x".repeat(3000), 431),
				request("endless name", "RFC 6585 §5", LINE + "X".repeat(3000), 431),
				request("endless white space", "RFC 6585 §5", LINE + "X:" + " ".repeat(3000), 431),
				request("endless head", "RFC 6585 §5", LINE + lines(1000), 431),
				fineRequest("Latin-1 in a value", "RFC 9110 §5.5", with("X: \u00E4\r\n")));
	}

	private static String lines(int count) {
		return "a:b\r\n".repeat(count);
	}

	private static List<HostilePeer> smuggling() {
		return List.of(
				request("Content-Length with a frame for a body", "RFC 6455 §4.1",
						with("Content-Length: 6\r\n") + "\u0081\u0080abcd", 400),
				request("Content-Length with a request for a body", "RFC 6455 §4.1",
						with("Content-Length: " + NEXT_REQUEST.length() + "\r\n") + NEXT_REQUEST, 400),
				request("two Content-Lengths", "RFC 9112 §6.3",
						with("Content-Length: 0\r\nContent-Length: 0\r\n") + NEXT_REQUEST, 400),
				request("list of Content-Lengths", "RFC 9112 §6.3", with("Content-Length: 0, 0\r\n"), 400),
				request("negative Content-Length", "RFC 9110 §8.6", with("Content-Length: -1\r\n"), 400),
				request("Content-Length with a sign", "RFC 9110 §8.6", with("Content-Length: +0\r\n"), 400),
				request("hexadecimal Content-Length", "RFC 9110 §8.6", with("Content-Length: 0x0\r\n"), 400),
				request("Content-Length of 2^64", "RFC 9110 §8.6", with("Content-Length: 18446744073709551616\r\n"),
						400),
				request("chunked", "RFC 9112 §6.1", with("Transfer-Encoding: chunked\r\n") + "0\r\n\r\n" + NEXT_REQUEST,
						400),
				request("identity", "RFC 9112 §6.1", with("Transfer-Encoding: identity\r\n"), 400),
				request("chunked and Content-Length", "RFC 9112 §6.1",
						with("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n" + NEXT_REQUEST, 400),
				request("chunked behind a vertical tab", "RFC 9110 §5.5", with("Transfer-Encoding: \u000Bchunked\r\n"),
						400),
				request("request behind a refused one", "RFC 9112 §9.6", get("/nowhere") + NEXT_REQUEST, 404),
				request("frames behind a refused request", "RFC 9112 §9.6", get("/nowhere") + "\u0081\u0080abcd", 404),
				request("a lot behind a refused request", "RFC 9112 §9.6", get("/nowhere") + "x".repeat(5000), 404),
				fineRequest("Content-Length of 0", "RFC 9110 §8.6", with("Content-Length: 0\r\n")),
				fineRequest("Expect", "RFC 9110 §10.1.1", with("Expect: 100-continue\r\n")));
	}

	private static List<HostilePeer> handshakes() {
		return List.of(request("no Upgrade", "RFC 6455 §4.2.1", but("Upgrade: websocket\r\n", ""), 426),
				request("other Upgrade", "RFC 6455 §4.2.1", but("websocket\r\n", "h2c\r\n"), 426),
				request("Upgrade that begins alike", "RFC 6455 §4.2.1", but("websocket\r\n", "websockets\r\n"), 426),
				request("no Connection", "RFC 6455 §4.2.1", but("Connection: Upgrade\r\n", ""), 426),
				request("other Connection", "RFC 6455 §4.2.1", but(": Upgrade", ": keep-alive"), 426),
				request("plain GET", "RFC 9110 §15.5.22", LINE + HOST + "\r\n", 426),
				request("no version", "RFC 6455 §4.4", but(VERSION, ""), 426),
				request("version 12", "RFC 6455 §4.4", but("13", "12"), 426),
				request("version 14", "RFC 6455 §4.4", but("13", "14"), 426),
				request("version 013", "RFC 6455 §4.1", but("13", "013"), 426),
				request("version -13", "RFC 6455 §4.1", but("13", "-13"), 426),
				request("version 13.0", "RFC 6455 §4.1", but("13", "13.0"), 426),
				request("list of versions", "RFC 6455 §4.1", but("13", "13, 8"), 426),
				request("two versions", "RFC 6455 §11.3.5", with("Sec-WebSocket-Version: 8\r\n"), 426),
				request("no key", "RFC 6455 §4.2.1", but(KEY, ""), 400),
				request("two keys", "RFC 6455 §11.3.1", with(KEY), 400),
				request("empty key", "RFC 6455 §4.2.1", but("dGhlIHNhbXBsZSBub25jZQ==", ""), 400),
				request("key of 15 bytes", "RFC 6455 §4.2.1", but("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25j"),
						400),
				request("key of 17 bytes", "RFC 6455 §4.2.1", but("b25jZQ==", "b25jZQE="), 400),
				request("key without padding", "RFC 4648 §3.2", but("b25jZQ==", "b25jZQ"), 400),
				request("key in the URL alphabet", "RFC 4648 §5", but("dGhl", "-_hl"), 400),
				request("key with a space", "RFC 4648 §3.3", but("dGhl", "dG l"), 400),
				request("subprotocol that is no token", "RFC 6455 §4.1", with("Sec-WebSocket-Protocol: a b\r\n"), 400),
				request("subprotocol twice", "RFC 6455 §4.1", with("Sec-WebSocket-Protocol: a, a\r\n"), 400),
				request("extension without a name", "RFC 6455 §9.1", with("Sec-WebSocket-Extensions: ; a\r\n"), 400),
				request("open quotes in an extension", "RFC 6455 §9.1", with("Sec-WebSocket-Extensions: a; b=\"c\r\n"),
						400),
				fineRequest("unknown extension", "RFC 6455 §9.1",
						with("Sec-WebSocket-Extensions: x-nonsense; a=1\r\n")),
				fineRequest("key with stray bits", "RFC 4648 §3.5", but("b25jZQ==", "b25jZR==")),
				fineRequest("unknown subprotocol", "RFC 6455 §4.2.2", with("Sec-WebSocket-Protocol: x-nonsense\r\n")),
				fineRequest("names and tokens in other case", "RFC 9110 §5.1", but(
						"Upgrade: websocket\r\nConnection: Upgrade", "uPGRADE: WebSocket\r\nCONNECTION: a , uPgRaDe")));
	}

	/** An endpoint's path has no second spelling. */
	private static List<HostilePeer> paths() {
		return Stream
			.of("/ws/", "//ws", "/%77s", "/%2577s", "/ws;x=1", "/;x=1/ws", "/./ws", "/ws/.", "/x/../ws", "/%2e/ws",
					"/x/%2e%2e/ws", "/ws%2F", "/ws%20", "/ws%00", "/WS", "/ws//", "/ws/x", "/room/", "/room/a/b",
					"/room//a", "/room", "//room/a", "/")
			.map((path) -> request("path " + path, "RFC 3986 §6", get(path), 404))
			.toList();
	}

	/** The host is {@code example.com}. */
	private static List<HostilePeer> origins() {
		Stream<HostilePeer> foreign = Stream
			.of("null", "https://evil.example", "https://example.com.evil.example", "https://evilexample.com",
					"https://www.example.com", "https://com", "https://example.com@evil.example",
					"https://evil.example/example.com", "https://evil.example#example.com", "https://example.com.",
					"https://example.com/", "https://example.com:65536", "https://example.com https://evil.example",
					"https://example.com, https://evil.example", "https://ex\u00E4mple.com", "file://",
					"chrome-extension://example.com", "example.com", "//example.com", "https:example.com", "",
					"https://evil.example\thttps://example.com", "https://[::1]", "https://example.com\\.evil.example")
			.map((origin) -> request("origin \"" + origin + "\"", "RFC 6455 §10.2", with("Origin: " + origin + "\r\n"),
					403));
		Stream<HostilePeer> twice = Stream.of(request("two origins", "RFC 6454 §7.3",
				with("Origin: https://example.com\r\nOrigin: https://example.com\r\n"), 403));
		Stream<HostilePeer> own = Stream.of("https://example.com", "http://example.com:8080", "HTTPS://EXAMPLE.COM")
			.map((origin) -> fineRequest("origin " + origin, "RFC 6454 §4", with("Origin: " + origin + "\r\n")));
		return Stream.of(foreign, twice, own).flatMap((rows) -> rows).toList();
	}

	/** Every beginning of a handshake, or nearly. */
	static IntStream beginnings() {
		return IntStream.of(0, 1, 3, 18, 20, HEAD.length() / 2, HEAD.length() - 2, HEAD.length() - 1);
	}

}
