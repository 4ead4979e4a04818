package io.wsboot.spring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;

/**
 * Observations are asked for, or there is a tracer and nobody has declined. The meters of
 * this server tell without them what they would tell, and several times as cheaply.
 */
final class OnObservationsWanted extends AnyNestedCondition {

	OnObservationsWanted() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnBooleanProperty(name = "ws.server.observations.enabled")
	static final class Asked {

	}

	@ConditionalOnBooleanProperty(name = "ws.server.observations.enabled", matchIfMissing = true)
	@ConditionalOnBean(type = "io.micrometer.tracing.Tracer")
	static final class Traced {

	}

}
