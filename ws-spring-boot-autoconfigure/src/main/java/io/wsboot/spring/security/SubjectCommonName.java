package io.wsboot.spring.security;

import java.util.ArrayList;
import java.util.List;

import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.BadCredentialsException;

/**
 * Finds the common name in the subject of a certificate (RFC 4514, RFC 5280 §4.1.2.6). A
 * subject may have several common names: the most specific one, which is the leftmost in
 * the subject's text, names the user; the others name what the user belongs to.
 */
final class SubjectCommonName {

	/** The short name of the attribute, and its object identifier (RFC 4519 §2.3). */
	private static final List<String> TYPES = List.of("CN", "2.5.4.3", "OID.2.5.4.3");

	private SubjectCommonName() {
	}

	/**
	 * Finds the common name.
	 * @param subject the subject's text, in the syntax of RFC 4514
	 * @return the most specific common name
	 * @throws BadCredentialsException if there is no common name, if the most specific
	 * part of the subject that has one has two, or if the common name is not text
	 */
	static String of(String subject) {
		try {
			// LdapName numbers from the right, so the most specific part comes last
			List<Rdn> parts = new LdapName(subject).getRdns();
			for (int i = parts.size() - 1; i >= 0; i--) {
				List<@Nullable Object> names = names(parts.get(i));
				if (!names.isEmpty()) {
					return text(names);
				}
			}
		}
		catch (NamingException | IllegalArgumentException ex) {
			throw new BadCredentialsException("a certificate whose subject is no distinguished name", ex);
		}
		throw new BadCredentialsException("a certificate without a common name");
	}

	private static List<@Nullable Object> names(Rdn part) throws NamingException {
		Attributes attributes = part.toAttributes(); // look-ups ignore case
		List<@Nullable Object> names = new ArrayList<>();
		for (String type : TYPES) {
			Attribute attribute = attributes.get(type);
			for (int i = 0; attribute != null && i < attribute.size(); i++) {
				names.add(attribute.get(i));
			}
		}
		return names;
	}

	private static String text(List<@Nullable Object> names) {
		if (names.size() > 1) {
			throw new BadCredentialsException("a certificate with two common names at the same place");
		}
		// a value that is no text is an array of bytes, and names nobody
		if (!(names.get(0) instanceof String name) || name.isBlank() || name.indexOf('\0') >= 0) {
			throw new BadCredentialsException("a certificate whose common name is no text");
		}
		return name;
	}

}
