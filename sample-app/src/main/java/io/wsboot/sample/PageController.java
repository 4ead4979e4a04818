package io.wsboot.sample;

import org.springframework.core.env.Environment;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells the page what only the server knows. */
@RestController
class PageController {

	private final Environment environment;

	PageController(Environment environment) {
		this.environment = environment;
	}

	@GetMapping("/config.json")
	ResponseEntity<PageConfig> config() {
		Integer port = this.environment.getProperty("local.ws.port", Integer.class);
		if (port == null) { // HTTP is up first
			return ResponseEntity.status(503).header("Retry-After", "1").build();
		}
		boolean shared = this.environment.getProperty("ws.server.web.enabled", Boolean.class, false);
		return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new PageConfig(port, shared));
	}

	/**
	 * The configuration of the page.
	 *
	 * @param webSocketPort the port that the WebSocket server listens on
	 * @param shared whether the page's own port serves the endpoints too
	 */
	record PageConfig(int webSocketPort, boolean shared) {
	}

}
