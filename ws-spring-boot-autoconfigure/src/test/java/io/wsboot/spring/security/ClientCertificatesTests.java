package io.wsboot.spring.security;

import java.security.Principal;
import java.util.Optional;

import javax.security.auth.x500.X500Principal;

import io.wsboot.HandshakeRequest;
import io.wsboot.server.spi.HandshakeChain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests which part of a subject is the user's name (RFC 4514, RFC 5280 §4.1.2.6).
 */
class ClientCertificatesTests {

	private static Authentication credentials(Principal subject) {
		HandshakeChain handshake = mock();
		given(handshake.certificateSubject()).willReturn(Optional.of(subject));
		Authentication credentials = new ClientCertificates(null).credentials(mock(HandshakeRequest.class), handshake);
		assertThat(credentials).isNotNull();
		return credentials;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			CN=ann                                    | ann
			CN=Alice,CN=Users,DC=corp,DC=com          | Alice
			CN=alice,OU=x,CN=bob                      | alice
			OU=laptops,CN=alice,CN=bob,O=example      | alice
			CN=alice+OU=x,CN=bob                      | alice
			OU=x+CN=alice,CN=bob                      | alice
			UID=u1+CN=alice+OU=x                      | alice
			cn=alice                                  | alice
			2.5.4.3=alice                             | alice
			CN=Doe\\, Jane,OU=x                       | Doe, Jane
			CN=a\\+OU\\=b,OU=x                        | a+OU=b
			CN=Zo\\C3\\AB                             | Zoë
			CN="ann,CN=root",O=x                      | ann,CN=root
			O="x,CN=root",CN=ann                      | ann
			""")
	void theMostSpecificCommonNameIsTheUsersName(String subject, String name) {
		assertThat(credentials(new X500Principal(subject)).getName()).isEqualTo(name);
		assertThat(credentials(() -> subject).getName()).isEqualTo(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "OU=x,O=example", "", "CN=,O=x", "CN=,CN=bob", "CN=\\20\\20", "CN=#0403616E6E",
			"CN=#0403616E6E,CN=bob", "CN=ann+CN=bob", "CN=ann+CN=bob,OU=x", "CN=ann\\00,O=x", "no name", "CN=ann\\zz" })
	void aSubjectThatNamesNobodyIsRefused(String subject) {
		assertThatExceptionOfType(BadCredentialsException.class).isThrownBy(() -> credentials(() -> subject));
	}

	@Test
	void withoutACertificateThereAreNoCredentials() {
		HandshakeChain handshake = mock();
		given(handshake.certificateSubject()).willReturn(Optional.empty());
		assertThat(new ClientCertificates(null).credentials(mock(HandshakeRequest.class), handshake)).isNull();
	}

}
