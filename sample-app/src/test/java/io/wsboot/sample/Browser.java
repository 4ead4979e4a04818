package io.wsboot.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

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

	Browser(int width, int height) {
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

	/** Waits until an element is there. */
	WebElement await(String css) {
		return new WebDriverWait(this.driver, PATIENCE).withMessage("no " + css)
			.until((driver) -> driver.findElements(By.cssSelector(css)).stream().findFirst().orElse(null));
	}

	/** Waits until there is an element with this text in it. */
	void awaitText(String css, String text) {
		new WebDriverWait(this.driver, PATIENCE).withMessage("no \"" + text + "\" in " + css)
			.until((driver) -> driver.findElements(By.cssSelector(css))
				.stream()
				.anyMatch((element) -> textOf(element).contains(text)));
	}

	/** Waits until the attribute of an element has another value, and returns it. */
	String awaitChange(String css, String attribute) {
		String before = await(css).getDomAttribute(attribute);
		return new WebDriverWait(this.driver, PATIENCE).withMessage("no change of " + attribute + " of " + css)
			.until((driver) -> {
				String now = driver.findElement(By.cssSelector(css)).getDomAttribute(attribute);
				return (now == null || now.equals(before)) ? null : now;
			});
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

	/** Read by script, as an element may be replaced between finding and reading it. */
	private String textOf(WebElement element) {
		return String.valueOf(this.driver.executeScript("return arguments[0].textContent", element));
	}

}
