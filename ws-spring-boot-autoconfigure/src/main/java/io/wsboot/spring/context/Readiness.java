package io.wsboot.spring.context;

import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;

/**
 * Tells the readiness probe that the server drains. Of Spring Boot's contexts, only those
 * with an HTTP server refuse traffic when they close. If the probe refuses already, this
 * class publishes no second event.
 */
final class Readiness {

	private final ApplicationContext context;

	private volatile boolean refused;

	Readiness(ApplicationContext context) {
		this.context = context;
	}

	/** Publishes {@code REFUSING_TRAFFIC}, unless that is the state already. */
	void refuse() {
		ApplicationAvailability availability = this.context.getBeanProvider(ApplicationAvailability.class)
			.getIfAvailable();
		if (availability == null || availability.getReadinessState() != ReadinessState.REFUSING_TRAFFIC) {
			this.refused = true;
			AvailabilityChangeEvent.publish(this.context, ReadinessState.REFUSING_TRAFFIC);
		}
	}

	/**
	 * Takes a refusal back when the server starts again. The first start has nothing to
	 * take back: Spring Boot itself says when the application is ready.
	 */
	void accept() {
		if (this.refused) {
			this.refused = false;
			AvailabilityChangeEvent.publish(this.context, ReadinessState.ACCEPTING_TRAFFIC);
		}
	}

}
