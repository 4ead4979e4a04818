package io.wsboot.architecture;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

import io.wsboot.server.WsServer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where HotSpot's compiler begins anew on the way of a message, so that what it makes of
 * that way depends neither on what a server has done before nor on who calls.
 */
class HotPathTest {

	/**
	 * {@code -XX:FreqInlineSize}: longer methods are never made part of their callers.
	 */
	private static final int MOST_THAT_IS_INLINED = 325;

	private static final Pattern LAST_OFFSET = Pattern.compile("(\\d+): [a-z]?return$", Pattern.MULTILINE);

	@ParameterizedTest
	@CsvSource({ "io.wsboot.protocol.IncomingFrames, boolean read(",
			"io.wsboot.server.inbound.HandlerDispatch, public void proceed(" })
	void isLongEnoughToBeCompiledByItself(String type, String method) throws Exception {
		Path classes = Path.of(WsServer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		StringWriter listing = new StringWriter();
		int status = ToolProvider.findFirst("javap")
			.orElseThrow()
			.run(new PrintWriter(listing), new PrintWriter(System.err), "-c", "-p", "-classpath", classes.toString(),
					type);
		assertThat(status).isZero();
		String code = listing.toString().split(Pattern.quote(method), 2)[1].split("\\R\\s*\\R", 2)[0];
		assertThat(LAST_OFFSET.matcher(code).results().map(MatchResult::group).map(HotPathTest::offset))
			.as("return instructions")
			.last()
			.asInstanceOf(InstanceOfAssertFactories.INTEGER)
			.isGreaterThan(MOST_THAT_IS_INLINED);
	}

	private static int offset(String instruction) {
		return Integer.parseInt(instruction.substring(0, instruction.indexOf(':')));
	}

}
