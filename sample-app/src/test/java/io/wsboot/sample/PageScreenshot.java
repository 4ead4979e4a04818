package io.wsboot.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.OutputType;

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
		String page = "http://localhost:" + this.httpPort + "/?room=lobby&name=";
		try (Browser browser = new Browser(1400, 1140)) {
			browser.resizePage(1400, 1090);
			browser.open(page + "Ada");
			String ada = browser.driver().getWindowHandle();
			browser.awaitText("#chat-people li", "Ada (you)");
			String alan = browser.openWindow(page + "Alan");
			say(browser, ada, "Hi Alan, is the new server up?");
			say(browser, alan, "It is. Two pages, one room, and it remembers who is here.");
			say(browser, ada, "What is under it?");
			say(browser, alan, "Nothing but java.nio. The charts below are its own meters.");
			browser.switchTo(ada);
			callMethods(browser);
			echo(browser);
			say(browser, ada, "And binary? A megabyte came back in one piece.");
			say(browser, alan, "Byte for byte :-)");
			browser.switchTo(ada);
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
		for (int times = 50; times <= 800; times *= 2) {
			browser.type("echo-size", "2000");
			browser.type("echo-times", String.valueOf(times));
			browser.click("echo-binary-send");
			browser.awaitText("#echo-results tr[data-verdict=identical]", times + " ×");
			await().pollDelay(Duration.ofSeconds(4)).until(() -> true); // room on the
																		// time axis
		}
		browser.type("echo-times", "1");
		browser.type("echo-size", "1048576");
		browser.click("echo-binary-send");
		browser.awaitText("#echo-results tr[data-verdict=identical]", "1 MiB");
		browser.type("echo-size", "262145");
		browser.click("echo-binary-send");
		browser.awaitText("#echo-results tr[data-verdict=identical]", "256 KiB");
	}

	private static void say(Browser browser, String window, String line) {
		browser.switchTo(window);
		browser.awaitText("#chat-people li", "Alan");
		browser.type("chat-text", line + "\n");
		browser.awaitText("#chat-lines .mine", line);
	}

}
