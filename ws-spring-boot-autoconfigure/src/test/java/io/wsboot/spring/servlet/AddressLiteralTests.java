package io.wsboot.spring.servlet;

import java.net.InetAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AddressLiteralTests {

	@ParameterizedTest
	@CsvSource({ "127.0.0.1, 127.0.0.1", "255.255.255.255, 255.255.255.255", "::1, ::1", "[::1], ::1",
			"0:0:0:0:0:0:0:1, ::1", "[2001:db8::7], 2001:db8::7", "fe80::1%2, fe80::1", "[fe80::1%eth0], fe80::1",
			"::ffff:192.0.2.1, 192.0.2.1" })
	void addressesAreRead(String text, String address) throws Exception {
		assertThat(AddressLiteral.parse(text)).isEqualTo(InetAddress.getByName(address));
	}

	/** Names that a resolver would look up, were it asked. */
	@ParameterizedTest
	@ValueSource(strings = { "", "localhost", "unknown", "_hidden", "cafe", "256.1.1.1", "1.2.3", "1.2.3.4.5",
			"2130706433", "0x7f.1", "[127.0.0.1", "::g", ":::", "1:2", "127.0.0.1:80", "example.org" })
	void whatIsNoAddressIsNotLookedUp(String text) {
		assertThat(AddressLiteral.parse(text)).isNull();
	}

	@Test
	void nobodyIsNoAddress() {
		assertThat(AddressLiteral.parse(null)).isNull();
	}

}
