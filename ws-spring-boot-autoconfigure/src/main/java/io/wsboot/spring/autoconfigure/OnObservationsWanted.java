package io.wsboot.spring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;

/**
 * Matches if observations are enabled by a property, or if there is a tracer and no
 * property disables observations. Without a tracer the meters of this server tell the
 * same at a fraction of the cost.
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
