package io.wsboot.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.support.ui.Select;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.awaitility.Awaitility.await;

/**
 * Takes the picture in the README. Its name keeps it out of the build; to run it:
 * {@code ./mvnw -pl sample-app -am test -Dtest=PageScreenshot
 * -Dsurefire.failIfNoSpecifiedTests=false -Dwsboot.screenshot=../docs/sample-app.png}.
 */
@SampleTest
class PageScreenshot {

	@LocalServerPort
	private int httpPort;

	@Test
	void take() throws IOException {
		String page = "http://localhost:" + this.httpPort + "/?room=lobby&name=%s&stomp=%1$s";
		try (Browser browser = new Browser(1400, 1340)) {
			browser.resizePage(1400, 1300);
			browser.open(page.formatted("Ada"));
			String ada = browser.driver().getWindowHandle();
			browser.awaitText("#chat-people li", "Ada (you)");
			String grace = browser.openWindow(page.formatted("Grace"));
			say(browser, ada, "Hi Grace, is the new server up?");
			browser.switchTo(grace);
			browser.open(page.formatted("Grace")); // so that there are closed connections
													// to show
			say(browser, grace, "It is. I left and came back, and it noticed.");
			say(browser, ada, "What is under it?");
			say(browser, grace, "Nothing but java.nio. The charts below are its own meters.");
			sayOverStomp(browser, ada, "", "And this is Spring's own STOMP.");
			sayOverStomp(browser, grace, "", "On the same engine, I see its meter.");
			sayOverStomp(browser, grace, "Ada", "Nobody else can read this.");
			browser.switchTo(ada);
			browser.click("way-page-port");
			browser.awaitText("#chat-people li", "(you)");
			callMethods(browser);
			echo(browser);
			say(browser, ada, "A megabyte came back in one piece.");
			say(browser, grace, "Byte for byte!");
			browser.switchTo(ada);
			browser.click("chat-text");
			browser.driver().executeScript("document.activeElement.blur()");
			Files.write(Path.of(System.getProperty("wsboot.screenshot", "target/sample-app.png")),
					browser.driver().getScreenshotAs(OutputType.BYTES));
		}
	}

	private static void callMethods(Browser browser) {
		browser.click("rpc-users");
		browser.awaitText("#rpc-log .answer.failed", "first");
		browser.byId("rpc-password").submit();
		browser.awaitText("#rpc-log [data-done=result] .answer", "ada");
		browser.click("rpc-users");
		browser.awaitText("#rpc-log [data-done=result] .answer", "grace");
		browser.click("rpc-sleep");
		browser.awaitText("#rpc-log [data-done=result] .answer", "750");
	}

	private static void echo(Browser browser) {
		int[] bursts = { 100, 250, 200, 400, 700, 500, 300, 450, 800, 1000, 900, 600, 750, 400, 200, 150 };
		for (int times : bursts) {
			browser.echo(2000, times, times + " ×");
			await().pollDelay(Duration.ofMillis(900)).until(() -> true); // room on the
																			// time axis
		}
		browser.echo(1_048_576, 1, "1 MiB");
		browser.echo(262_145, 1, "256 KiB");
	}

	private static void sayOverStomp(Browser browser, String window, String to, String line) {
		browser.switchTo(window);
		browser.awaitText("#stomp-people li", "Grace");
		browser.awaitText("#stomp-people li", "Ada");
		new Select(browser.byId("stomp-to")).selectByValue(to);
		browser.type("stomp-text", line + "\n");
		browser.awaitText("#stomp-lines .mine", line);
	}

	private static void say(Browser browser, String window, String line) {
		browser.switchTo(window);
		browser.awaitText("#chat-people li", "Grace");
		browser.type("chat-text", line + "\n");
		browser.awaitText("#chat-lines .mine", line);
	}

}
