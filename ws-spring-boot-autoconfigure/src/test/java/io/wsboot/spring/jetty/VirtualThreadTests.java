package io.wsboot.spring.jetty;

import io.wsboot.server.RawClient;
import io.wsboot.spring.jetty.JettyHost.Way;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Jetty's requests run on virtual threads. */
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadTests {

	@ParameterizedTest
	@EnumSource
	void connectionsAreHandedOver(Way way) {
		QueuedThreadPool threads = new QueuedThreadPool(32);
		threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
		try (JettyHost host = new JettyHost.Builder(way).threads(threads).start()) {
			for (int i = 0; i < 20; i++) {
				try (RawClient client = host.open("/echo")) {
					client.expectEcho("hello");
					assertThat(host.judgedByVirtualThread()).isTrue();
					assertThat(host.carrier()).isEqualTo(way.carrier());
					client.closeInOrder();
				}
				host.expectNothingBut(host.idle());
			}
		}
	}

}
