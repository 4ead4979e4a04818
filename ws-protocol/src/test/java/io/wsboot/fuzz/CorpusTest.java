package io.wsboot.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every input that a fuzzer has found worth keeping, without a fuzzer.
 */
class CorpusTest {

	@ParameterizedTest
	@EnumSource
	void showsNoFault(FuzzTarget target) throws IOException {
		assertThat(target.inputs()).isNotEmpty();
		for (Path input : target.inputs()) {
			try {
				target.test(Files.readAllBytes(input));
			}
			catch (RuntimeException | AssertionError ex) {
				throw new AssertionError(input + ": " + ex.getMessage(), ex);
			}
		}
	}

}
