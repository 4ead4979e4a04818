package io.wsboot.handshake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import io.wsboot.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Fuzz target: offers of extensions, against {@link NaiveExtensions}. Its input is a byte
 * that chooses what the server would keep, and the values of fields, one a line.
 */
public final class ExtensionsFuzz {

	private ExtensionsFuzz() {
	}

	/** Fails if the input shows a fault. */
	public static void fuzzerTestOneInput(byte[] input) {
		if (input.length < 1) {
			return;
		}
		boolean serverKeeps = (input[0] & 1) != 0;
		boolean clientKeeps = (input[0] & 2) != 0;
		// bytes that the head of a request cannot hold in a value are left out
		String text = new String(input, 1, input.length - 1, StandardCharsets.ISO_8859_1)
			.replaceAll("[\\x00-\\x08\\x0B-\\x1F\\x7F]", "");
		List<String> values = Arrays.stream(text.split("\n", -1)).map(String::strip).toList();
		List<List<String>> expected = NaiveExtensions.parse(values);
		List<ExtensionOffer> offers = parsed(values);
		if (!Objects.equals(written(offers), expected)) {
			throw new AssertionError("is " + offers + "\nbut must be " + expected);
		}
		if (expected != null) {
			Headers headers = Headers.empty();
			for (String value : values) {
				headers = headers.with("Sec-WebSocket-Extensions", value);
			}
			DeflateParameters agreed = DeflateParameters.agree(headers, serverKeeps, clientKeeps);
			String answer = (agreed == null) ? null : agreed.toAnswer();
			if (!Objects.equals(answer, NaiveExtensions.answer(expected, serverKeeps, clientKeeps))) {
				throw new AssertionError("answers " + answer);
			}
		}
	}

	private static @Nullable List<ExtensionOffer> parsed(List<String> values) {
		try {
			return ExtensionOffer.parseAll(values);
		}
		catch (MalformedRequest ex) {
			return null;
		}
	}

	private static @Nullable List<List<String>> written(@Nullable List<ExtensionOffer> offers) {
		return (offers == null) ? null : offers.stream().map((offer) -> {
			List<String> texts = new ArrayList<>(List.of(offer.name()));
			offer.parameters()
				.forEach((each) -> texts.add(each.name() + ((each.value() != null) ? "=" + each.value() : "")));
			return texts;
		}).map(List::copyOf).toList();
	}

}
