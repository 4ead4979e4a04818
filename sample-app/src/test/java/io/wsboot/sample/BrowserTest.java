package io.wsboot.sample;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.support.ui.Select;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.wsboot.CloseStatus;
import io.wsboot.WsSession;
import io.wsboot.WsSessions;
import io.wsboot.spring.test.LocalWsPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Tests the page in Chromium. */
@SampleTest
class BrowserTest {

	private static Browser browser;

	@LocalServerPort
	private int httpPort;

	@LocalWsPort
	private int wsPort;

	@Autowired
	private WsSessions sessions;

	@BeforeAll
	static void startBrowser() {
		browser = new Browser(1400, 1140);
	}

	@AfterAll
	static void stopBrowser() throws IOException {
		if (browser != null) {
			browser.close();
		}
	}

	@BeforeEach
	void openPage() {
		browser.open(page(""));
	}

	@AfterEach
	void nothingWentWrongInTheBrowser() {
		assertThat(browser.consoleErrors()).isEmpty();
	}

	@Test
	void twoPagesInOneRoomSeeEachOthersLines() {
		String ann = browser.driver().getWindowHandle();
		browser.type("chat-room", "two pages");
		browser.type("chat-name", "Ann");
		browser.click("chat-enter");
		browser.awaitText("#chat-people li", "Ann (you)");

		String bob = browser.openWindow(page("?room=two%20pages&name=Bob"));
		browser.awaitText("#chat-people li", "Ann");
		browser.awaitText("#chat-people li", "Bob (you)");
		browser.type("chat-text", "Hello, <b>Ann</b>\n");

		browser.switchTo(ann);
		browser.awaitText("#chat-lines .notice-line", "Bob joined");
		browser.awaitText("#chat-lines .line", "Hello, <b>Ann</b>");
		browser.type("chat-text", "Hello, Bob\n");

		browser.switchTo(bob);
		browser.awaitText("#chat-lines .line.mine", "Hello, <b>Ann</b>");
		browser.awaitText("#chat-lines .line", "Hello, Bob");
		browser.driver().close();

		browser.switchTo(ann);
		browser.awaitText("#chat-lines .notice-line", "Bob left");
		assertThat(browser.byId("chat-count").getText()).isEqualTo("1");
	}

	/** 262,145 is where Chromium's frames of 131,072 bytes leave one byte over. */
	@ParameterizedTest
	@ValueSource(strings = { "0", "262145", "1048576" })
	void anArrayBufferComesBackWhole(String size) {
		browser.awaitText("#echo-state", "connected");
		browser.type("echo-size", size);
		browser.click("echo-binary-send");
		browser.await("#echo-results tr[data-verdict]");
		assertThat(browser.attribute("#echo-results tr", "data-verdict")).isEqualTo("identical");
		assertThat(browser.attribute("#echo-results tr", "data-bytes")).isEqualTo(size);
	}

	@Test
	void theWorkerEchoesToo() {
		new Select(browser.byId("echo-endpoint")).selectByValue("/echo/worker");
		browser.awaitText("#echo-path", "/echo/worker");
		browser.awaitText("#echo-state", "connected");
		browser.echo(1000, 20, "20 × 1,000 B binary");
	}

	@Test
	void theRpcConsoleAuthenticatesAndListsUsers() {
		browser.awaitText("#rpc-state", "connected");
		browser.click("rpc-users");
		browser.awaitText("#rpc-log .answer.failed", "call auth(user, password) first");
		browser.byId("rpc-password").submit();
		browser.awaitText("#rpc-log [data-done=result] .answer", "\"ada\"");
		browser.click("rpc-users");
		browser.awaitText("#rpc-log [data-done=result] .answer", "[ \"ada\", \"alan\", \"grace\" ]");
		assertThat(browser.byId("rpc-log").getText()).doesNotContain("lovelace");
	}

	@Test
	void theRpcConsoleSendsAnyJson() {
		browser.awaitText("#rpc-state", "connected");
		browser.type("rpc-json", "{\"method\": \"sleep\", \"args\": [5], \"id\": \"free\"}\n");
		browser.awaitText("#rpc-log [data-done=result] .answer", "5");
	}

	@Test
	void theClockTicks() {
		browser.awaitChange("#clock-time[data-time]", "data-time");
		browser.awaitChange("#clock-time[data-time]", "data-time");
	}

	@Test
	void aLostConnectionComesBack() {
		browser.awaitText("#clock-state", "connected");
		List<WsSession> lost = clocks();
		lost.forEach((session) -> session.close(CloseStatus.SERVICE_RESTART));
		await().untilAsserted(() -> assertThat(clocks()).isNotEmpty().doesNotContainAnyElementsOf(lost));
		browser.awaitText("#clock-state", "connected");
		browser.awaitChange("#clock-time[data-time]", "data-time");
	}

	@Test
	void theChartsMove() {
		browser.awaitText("#meters-state", "read every second");
		browser.awaitText("#chart-connections .legend li", "/chat/{room}");
		browser.awaitText("#echo-state", "connected");
		browser.await("#chart-messages path[data-series=in]");
		browser.echo(5000, 200, "200 ×");
		browser.awaitChange("#chart-messages path[data-series=in]", "d");
		browser.await("#chart-bytes path[data-series=out][d*=L]");
		browser.awaitText("#chart-bytes .tick", "iB"); // a megabyte in a second or few,
														// where clocks send bytes
		browser.await("#chart-handler path[data-series=mean][d^=M]");
		browser.driver().navigate().refresh();
		browser.await("#chart-closes li[data-code='1001']");
	}

	@Test
	void twoPagesTalkOverStomp() {
		String ann = browser.driver().getWindowHandle();
		browser.type("stomp-name", "Ann");
		browser.click("stomp-enter");
		browser.awaitText("#stomp-people li", "Ann (you)");

		String bob = browser.openWindow(page("?stomp=B%C3%B6b"));
		browser.awaitText("#stomp-people li", "Böb (you)");
		browser.awaitText("#stomp-to option", "Ann");
		browser.type("stomp-text", "Hello, <b>everybody</b>: \\n\n");
		browser.awaitText("#stomp-lines .line.mine", "Hello, <b>everybody</b>: \\n");

		browser.switchTo(ann);
		browser.awaitText("#stomp-lines .line", "Hello, <b>everybody</b>: \\n");
		browser.awaitText("#stomp-to option", "Böb");
		new Select(browser.byId("stomp-to")).selectByValue("Böb");
		browser.type("stomp-text", "psst\n");
		browser.awaitText("#stomp-lines .line.mine.noted", "psst");

		browser.switchTo(bob);
		browser.awaitText("#stomp-lines .line.noted", "psst");
		browser.click("stomp-leave");
		browser.awaitText("#stomp-state", "closed 1000");
		browser.driver().close();

		browser.switchTo(ann);
		browser.awaitText("#stomp-count", "1");
	}

	/** Chat, echo, RPC and clock move, and the server sees them at the other port. */
	@Test
	void bothPortsServeTheSameEndpoints() {
		browser.type("chat-room", "ways");
		browser.type("chat-name", "Ann");
		browser.click("chat-enter");
		for (String way : List.of("page", "own")) {
			for (String panel : List.of("clock", "chat", "echo", "rpc")) {
				browser.awaitText("#" + panel + "-state", "connected");
			}
			browser.await("#chat-text:enabled");
			browser.click("way-" + way + "-port");
			browser.awaitText("#server-address", "ws://localhost:" + (way.equals("own") ? this.wsPort : this.httpPort));
			browser.awaitText("#clock-state", "connected");
			browser.awaitChange("#clock-time[data-time]", "data-time");
			browser.awaitText("#echo-state", "connected");
			browser.echo(70_000, 3, "3 × 68 KiB binary");
			browser.awaitText("#rpc-state", "connected");
			browser.type("rpc-json", "{\"method\": \"sleep\", \"args\": [5], \"id\": \"" + way + "\"}\n");
			browser.awaitText("#rpc-log [data-done=result] .request", way);
			browser.await("#chat-text:enabled");
			browser.type("chat-text", "by way of " + way + "\n");
			browser.awaitText("#chat-lines .line.mine", "by way of " + way);
		}
	}

	@Test
	void theReaderChoosesTheColours() {
		browser.await("html[data-theme]");
		String before = browser.attribute("html", "data-theme");
		browser.click("theme");
		assertThat(browser.attribute("html", "data-theme")).isNotEqualTo(before).isIn("dark", "light");
	}

	private List<WsSession> clocks() {
		return this.sessions.at("/clock").stream().toList();
	}

	private String page(String query) {
		return "http://localhost:" + this.httpPort + "/" + query;
	}

}
