package io.wsboot.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import io.wsboot.ClientBytes;
import org.junit.jupiter.api.Test;

import static io.wsboot.ClientBytes.BINARY;
import static io.wsboot.ClientBytes.FIN;
import static org.assertj.core.api.Assertions.assertThat;

class SpareArraysTest {

	private final SpareArrays spares = new SpareArrays();

	@Test
	void lendTheShortestThatIsLongEnough() {
		byte[] shorter = new byte[200_000];
		byte[] longer = new byte[300_000];
		this.spares.keep(longer);
		this.spares.keep(shorter);
		assertThat(this.spares.lend(200_001)).isSameAs(longer);
		assertThat(this.spares.lend(150_000)).isSameAs(shorter);
		assertThat(this.spares.lend(150_000)).isNull();
		this.spares.giveBack(longer);
		assertThat(this.spares.lend(150_000)).isSameAs(longer);
	}

	@Test
	void areNotForShortPayloads() {
		this.spares.keep(new byte[SpareArrays.SHORTEST - 1]);
		assertThat(this.spares.held()).isZero();
		this.spares.keep(new byte[SpareArrays.SHORTEST]);
		assertThat(this.spares.lend(SpareArrays.SHORTEST - 1)).isNull();
	}

	@Test
	void neverHoldMoreThanTheirBoundWithThoseThatAreLent() {
		for (int i = 0; i < 20; i++) {
			this.spares.keep(new byte[1024 * 1024]);
			this.spares.lend(1024 * 1024);
		}
		assertThat(this.spares.held()).isEqualTo(SpareArrays.MOST);
	}

	@Test
	void goWhenTheyHaveNotBeenUsedForATime() {
		byte[] lent = new byte[200_000];
		this.spares.keep(lent);
		this.spares.keep(new byte[200_000]);
		this.spares.tidy();
		assertThat(this.spares.held()).isEqualTo(400_000);
		this.spares.lend(200_000);
		this.spares.tidy();
		this.spares.tidy();
		assertThat(this.spares.held()).isEqualTo(200_000);
		this.spares.giveBack(lent);
		this.spares.tidy();
		assertThat(this.spares.held()).isZero();
	}

	@Test
	void areSharedByConversationsWithoutMixingTheirMessages() {
		Scratch scratch = new Scratch(65_536);
		List<Exchange> exchanges = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			exchanges.add(Exchange.open(Exchange.LIMITS, scratch));
		}
		Random random = new Random(7);
		for (int round = 0; round < 3; round++) {
			List<byte[]> payloads = new ArrayList<>();
			for (Exchange exchange : exchanges) {
				byte[] payload = new byte[140_000 + random.nextInt(100_000)];
				random.nextBytes(payload);
				payloads.add(payload);
				exchange.receive(new ClientBytes().declaring(FIN | BINARY, payload.length).bytes());
			}
			for (int from = 0; from < 240_000; from += 30_000) {
				for (int i = 0; i < exchanges.size(); i++) {
					byte[] wire = new ClientBytes().binary(payloads.get(i)).bytes();
					int header = wire.length - payloads.get(i).length;
					int start = Math.min(wire.length, header + from);
					exchanges.get(i).receive(Arrays.copyOfRange(wire, start, Math.min(wire.length, start + 30_000)));
				}
			}
			for (int i = 0; i < exchanges.size(); i++) {
				exchanges.get(i).recorder.expect("binary " + HexFormat.of().withUpperCase().formatHex(payloads.get(i)));
			}
			assertThat(scratch.sparesHeld()).isBetween(SpareArrays.SHORTEST, SpareArrays.MOST);
		}
		exchanges.forEach(Exchange::close);
		scratch.tidy();
		scratch.tidy();
		assertThat(scratch.sparesHeld()).isZero();
	}

	@Test
	void comeBackFromAConversationThatEndsInTheMiddle() {
		Scratch scratch = new Scratch(65_536);
		try (Exchange whole = Exchange.open(Exchange.LIMITS, scratch)) {
			byte[] wire = new ClientBytes().binary(new byte[200_000]).bytes();
			whole.receive(Arrays.copyOf(wire, 100_000));
			whole.receive(Arrays.copyOfRange(wire, 100_000, wire.length));
			whole.recorder.events();
			int held = scratch.sparesHeld();
			assertThat(held).isGreaterThanOrEqualTo(200_000);
			whole.receive(Arrays.copyOf(wire, 100_000));
			whole.protocol.endOfInput();
			whole.recorder.events();
			scratch.tidy();
			scratch.tidy();
			assertThat(scratch.sparesHeld()).isZero();
		}
	}

}
