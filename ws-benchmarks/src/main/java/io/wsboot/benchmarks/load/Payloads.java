package io.wsboot.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * What messages say. Several of each, all of one length, so that a reply to the wrong
 * request shows.
 *
 * @param text whether they are text
 * @param messages the payloads
 */
public record Payloads(boolean text, byte[][] messages) {

	private static final int SMALL = 4096;

	/**
	 * Random bytes, or random letters.
	 * @param text whether they are text
	 * @param size bytes of each
	 * @return the payloads
	 */
	public static Payloads random(boolean text, int size) {
		Random random = new Random(size);
		byte[][] messages = new byte[(size <= SMALL) ? 8 : 2][size];
		for (byte[] message : messages) {
			random.nextBytes(message);
			for (int i = 0; text && i < size; i++) {
				message[i] = (byte) ('a' + (message[i] & 0x0F));
			}
		}
		return new Payloads(text, messages);
	}

	/**
	 * JSON, such as an application would send, and as well compressible.
	 * @param size bytes of each
	 * @return the payloads
	 */
	public static Payloads json(int size) {
		byte[][] messages = new byte[4][];
		for (int i = 0; i < messages.length; i++) {
			messages[i] = jsonOf(size, new Random(i));
		}
		return new Payloads(true, messages);
	}

	private static byte[] jsonOf(int size, Random random) {
		StringBuilder json = new StringBuilder("[");
		while (json.length() < size) {
			json.append("{\"id\":").append(random.nextInt(1_000_000));
			json.append(",\"symbol\":\"").append((char) ('A' + random.nextInt(26))).append("CME\",\"price\":");
			json.append(random.nextInt(100_000) / 100.0)
				.append(",\"side\":\"")
				.append(random.nextBoolean() ? "buy" : "sell");
			json.append("\",\"venue\":\"exchange-").append(random.nextInt(9)).append("\"},");
		}
		return json.substring(0, size).getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * The length of each.
	 * @return bytes
	 */
	public int size() {
		return this.messages[0].length;
	}

}
