package io.wsboot.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

import org.springframework.util.FileSystemUtils;

/**
 * A headless Chromium with a profile of its own, which is deleted afterwards.
 */
final class Browser implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	/**
	 * Held, as loggers are collected like any garbage. Selenium warns of DevTools that
	 * nobody here uses.
	 */
	private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

	private final Path profile;

	private final ChromeDriver driver;

	Browser(int width, int height, String... more) {
		SELENIUM.setLevel(Level.SEVERE);
		Path chromium = Peers.program("chromium");
		Path chromedriver = Peers.program("chromedriver");
		try {
			this.profile = Files.createTempDirectory("wsboot-chromium");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		ChromeOptions options = new ChromeOptions();
		options.setBinary(chromium.toFile());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=en",
				"--user-data-dir=" + this.profile, "--window-size=" + width + "," + height);
		options.addArguments(more);
		LoggingPreferences console = new LoggingPreferences();
		console.enable(LogType.BROWSER, Level.ALL);
		options.setCapability("goog:loggingPrefs", console);
		this.driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(chromedriver.toFile())
			.usingAnyFreePort()
			.build(), options);
	}

	ChromeDriver driver() {
		return this.driver;
	}

	void open(String url) {
		this.driver.get(url);
	}

	/**
	 * Opens another page in a window of its own, so that neither is hidden.
	 * @param url the address
	 * @return the handle of the new window, which is now the current one
	 */
	String openWindow(String url) {
		this.driver.switchTo().newWindow(WindowType.WINDOW);
		this.driver.get(url);
		return this.driver.getWindowHandle();
	}

	void switchTo(String window) {
		this.driver.switchTo().window(window);
	}

	/**
	 * Makes the page this big whatever the window's frame takes away.
	 * @param width in pixels
	 * @param height in pixels
	 */
	void resizePage(int width, int height) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
	}

	WebElement byId(String id) {
		return this.driver.findElement(By.id(id));
	}

	void click(String id) {
		byId(id).click();
	}

	void type(String id, String text) {
		WebElement field = byId(id);
		field.clear();
		field.sendKeys(text);
	}

	/** Sends binary messages to the echo endpoint, and waits for a row that says so. */
	void echo(int size, int times, String row) {
		type("echo-size", String.valueOf(size));
		type("echo-times", String.valueOf(times));
		click("echo-binary-send");
		awaitText("#echo-results tr[data-verdict=identical]", row);
	}

	/** Waits until there is such an element. */
	void await(String css) {
		until("no " + css, () -> is("document.querySelector(arguments[0]) !== null", css));
	}

	/** Waits until there is such an element with this text in it. */
	void awaitText(String css, String text) {
		until(() -> "no \"" + text + "\" in " + css + ", but "
				+ evaluate("[...document.querySelectorAll(arguments[0])].map((one) => one.textContent)", css),
				() -> is(
						"[...document.querySelectorAll(arguments[0])].some((one) => one.textContent.includes(arguments[1]))",
						css, text));
	}

	/** Waits until the attribute of an element has another value than it has now. */
	void awaitChange(String css, String attribute) {
		await(css);
		String before = attribute(css, attribute);
		until("no change of " + attribute + " of " + css, () -> !Objects.equals(before, attribute(css, attribute)));
	}

	/** An attribute of the first such element; null if there is none. */
	@Nullable String attribute(String css, String name) {
		return (String) evaluate("document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? null", css, name);
	}

	/**
	 * Has the page fetch a path.
	 * @param path relative to the page
	 * @return {@code status}, {@code protocol} as {@code nextHopProtocol} names it, and
	 * the values of the header fields {@code upgrade} and {@code connection}, null where
	 * absent
	 */
	@SuppressWarnings("unchecked")
	Map<String, Object> fetch(String path) {
		return (Map<String, Object>) Objects.requireNonNull(this.driver.executeAsyncScript("""
				const done = arguments[1];
				const url = new URL(arguments[0], location.href).href;
				fetch(url, { cache: 'no-store' }).then(async (response) => {
					await response.text();
					const entry = () => performance.getEntriesByName(url).at(-1);
					while (!entry()) {
						await new Promise((resolve) => setTimeout(resolve, 10));
					}
					done({ status: response.status, protocol: entry().nextHopProtocol,
						upgrade: response.headers.get('upgrade'), connection: response.headers.get('connection') });
				}, (error) => done({ error: String(error) }));
				""", path));
	}

	List<String> consoleErrors() {
		return this.driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().intValue() >= Level.WARNING.intValue())
			.map(LogEntry::getMessage)
			.toList();
	}

	@Override
	public void close() throws IOException {
		this.driver.quit();
		FileSystemUtils.deleteRecursively(this.profile);
	}

	private void until(String otherwise, BooleanSupplier condition) {
		until(() -> otherwise, condition);
	}

	private void until(Supplier<String> otherwise, BooleanSupplier condition) {
		new WebDriverWait(this.driver, PATIENCE).withMessage(otherwise).until((driver) -> condition.getAsBoolean());
	}

	private boolean is(String expression, String... arguments) {
		return Boolean.TRUE.equals(evaluate(expression, arguments));
	}

	/**
	 * In the page, in one step: between two steps of ours it may replace any element.
	 */
	@Nullable Object evaluate(String expression, String... arguments) {
		return this.driver.executeScript("return " + expression, (Object[]) arguments);
	}

}
