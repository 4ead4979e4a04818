package io.wsboot.spring.autoconfigure;

import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * Chooses the executor of {@link io.wsboot.Execution#WORKER} callbacks. None of ours is a
 * bean: Spring Boot takes any executor bean as a replacement of the application's own.
 */
final class WorkerExecutor {

	/** The name of the bean that an application may define. */
	static final String BEAN_NAME = "wsServerExecutor";

	private WorkerExecutor() {
	}

	/**
	 * The executor.
	 * @param defined the application's bean, null if it defines none
	 * @param environment says whether virtual threads are wanted and possible
	 * @return the executor; null for the server's own bounded pool
	 */
	static @Nullable Executor choose(@Nullable Executor defined, Environment environment) {
		if (defined == null && Threading.VIRTUAL.isActive(environment)) {
			return new VirtualThreadTaskExecutor("ws-worker-");
		}
		return defined;
	}

}
