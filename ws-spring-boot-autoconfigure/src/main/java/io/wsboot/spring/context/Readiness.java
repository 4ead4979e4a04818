package io.wsboot.spring.context;

import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;

/**
 * Tells the readiness probe that the server drains. Of Spring Boot's contexts only those
 * with an HTTP server do so when they close; where one has done it already, it is not
 * told twice.
 */
final class Readiness {

	private final ApplicationContext context;

	private volatile boolean refused;

	Readiness(ApplicationContext context) {
		this.context = context;
	}

	void refuse() {
		ApplicationAvailability availability = this.context.getBeanProvider(ApplicationAvailability.class)
			.getIfAvailable();
		if (availability == null || availability.getReadinessState() != ReadinessState.REFUSING_TRAFFIC) {
			this.refused = true;
			AvailabilityChangeEvent.publish(this.context, ReadinessState.REFUSING_TRAFFIC);
		}
	}

	/**
	 * Takes a refusal back, when the server starts again. At the first start there is
	 * none: Spring Boot says itself when the application is ready.
	 */
	void accept() {
		if (this.refused) {
			this.refused = false;
			AvailabilityChangeEvent.publish(this.context, ReadinessState.ACCEPTING_TRAFFIC);
		}
	}

}
