package io.wsboot.sample;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The users who may call the guarded methods of {@link RpcEndpoint}.
 *
 * @param users passwords by name, in the clear: this is a demonstration
 */
@ConfigurationProperties("sample")
record DemoUsers(Map<String, String> users) {

	/**
	 * The names.
	 * @return in alphabetical order
	 */
	List<String> names() {
		return this.users.keySet().stream().sorted().toList();
	}

	/**
	 * Whether the password is right. Takes as long for a wrong name as for a wrong
	 * password, so that time does not tell which names exist.
	 * @param name the name
	 * @param password the password
	 * @return true if it is
	 */
	boolean match(String name, String password) {
		boolean known = this.users.containsKey(name);
		boolean same = MessageDigest.isEqual(digest(this.users.getOrDefault(name, "")), digest(password));
		return known & same;
	}

	private static byte[] digest(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

}
