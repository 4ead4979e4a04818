package io.wsboot.spring.autoconfigure;

import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * Chooses the executor of {@link io.wsboot.Execution#WORKER} callbacks. The server's own
 * executor is no bean, as Spring Boot would use it in place of the application's task
 * executor.
 */
final class WorkerExecutor {

	/** The name of the bean that an application may define. */
	static final String BEAN_NAME = "wsServerExecutor";

	private WorkerExecutor() {
	}

	/**
	 * Chooses the executor.
	 * @param defined the application's bean; null if it defines none
	 * @param environment says whether virtual threads are enabled
	 * @return the executor; null for the server's own bounded pool
	 */
	static @Nullable Executor choose(@Nullable Executor defined, Environment environment) {
		if (defined == null && Threading.VIRTUAL.isActive(environment)) {
			return new VirtualThreadTaskExecutor("ws-worker-");
		}
		return defined;
	}

}
