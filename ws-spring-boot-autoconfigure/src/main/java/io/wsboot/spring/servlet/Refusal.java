package io.wsboot.spring.servlet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.wsboot.Headers;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;

/**
 * Writes a refusal with the same short text as the server's own listener, and not the
 * container's error page, which clients other than browsers cannot read.
 */
final class Refusal {

	private Refusal() {
	}

	static void write(HttpServletResponse response, int status, Headers fields) throws IOException {
		response.setStatus(status);
		fields.fields().forEach((field) -> response.addHeader(field.name(), field.value()));
		byte[] content = (status + " " + reason(status) + "\n").getBytes(StandardCharsets.US_ASCII);
		response.setContentType("text/plain;charset=utf-8");
		response.setContentLength(content.length);
		response.getOutputStream().write(content); // left out by the container for HEAD
	}

	private static String reason(int status) {
		HttpStatus known = HttpStatus.resolve(status);
		if (known != null) {
			return known.getReasonPhrase();
		}
		return (status < 500) ? "Client Error" : "Server Error";
	}

}
