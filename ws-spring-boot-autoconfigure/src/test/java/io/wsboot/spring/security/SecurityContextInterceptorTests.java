package io.wsboot.spring.security;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.wsboot.CloseStatus;
import io.wsboot.HandshakeDecision;
import io.wsboot.HandshakeDecision.Accept;
import io.wsboot.WsSession;
import io.wsboot.server.spi.CallbackChain;
import io.wsboot.server.spi.WsServerObserver.HandlerCallback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.concurrent.DelegatingSecurityContextCallable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Callbacks run in the name of their session's client, whatever the application does to
 * the context of its thread.
 */
class SecurityContextInterceptorTests {

	private static final Authentication ADMIN = new TestingAuthenticationToken("admin", null, "ROLE_ADMIN");

	private final SecuredSessions sessions = new SecuredSessions(SecurityContextHolder.getContextHolderStrategy(),
			CloseStatus.POLICY_VIOLATION, Clock.systemUTC());

	private final SecurityContextInterceptor interceptor = new SecurityContextInterceptor(this.sessions);

	@AfterEach
	void cleanUp() {
		SecurityContextHolder.clearContext();
		SecurityContextHolder.setStrategyName(SecurityContextHolder.MODE_THREADLOCAL);
	}

	private WsSession sessionOf(String name) {
		Authentication client = new TestingAuthenticationToken(name, null, "ROLE_USER");
		Accept decision = (Accept) this.sessions.secured(HandshakeDecision.accept(),
				new Client(client, mock(HandshakeAuthentication.class), null));
		WsSession session = mock();
		Map<String, Object> attributes = new ConcurrentHashMap<>(decision.attributes());
		given(session.attributes()).willReturn(attributes);
		given(session.principal()).willReturn(Optional.ofNullable(decision.principal()));
		return session;
	}

	private void call(WsSession session, CallbackChain callback) {
		try {
			this.interceptor.intercept(session, HandlerCallback.TEXT, "x", callback);
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void call(WsSession session, Runnable callback) {
		call(session, (same, kind, argument) -> callback.run());
	}

	private static String name() {
		Authentication client = SecurityContextHolder.getContext().getAuthentication();
		return (client != null) ? client.getName() : "-";
	}

	@Test
	void ofTwoCallsOfOneSessionNeitherSeesWhatTheOtherMakesOfItsContext() throws Exception {
		WsSession ann = sessionOf("ann");
		CyclicBarrier together = new CyclicBarrier(2);
		CountDownLatch changed = new CountDownLatch(1);
		ExecutorService threads = Executors.newFixedThreadPool(2);
		List<String> seen = new ArrayList<>();
		try {
			Future<?> one = threads.submit(() -> call(ann, () -> {
				await(together);
				SecurityContextHolder.getContext().setAuthentication(ADMIN);
				changed.countDown();
			}));
			Future<?> other = threads.submit(() -> call(ann, () -> {
				await(together);
				await(changed);
				seen.add(name());
			}));
			one.get(10, TimeUnit.SECONDS);
			other.get(10, TimeUnit.SECONDS);
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(seen).containsExactly("ann");
	}

	@Test
	void aContextThatACallbackHandsToAThreadOfItsOwnIsNoLaterCallbacks() throws Exception {
		WsSession ann = sessionOf("ann");
		ExecutorService thread = Executors.newSingleThreadExecutor();
		List<SecurityContext> kept = new ArrayList<>();
		List<String> seen = new ArrayList<>();
		try {
			call(ann, () -> kept.add(SecurityContextHolder.getContext()));
			call(ann, () -> {
				Future<?> changing = thread.submit(new DelegatingSecurityContextCallable<>(() -> {
					SecurityContextHolder.getContext().setAuthentication(ADMIN);
					return null;
				}, kept.get(0)));
				await(changing);
				seen.add(name());
			});
		}
		finally {
			thread.shutdownNow();
		}
		assertThat(seen).containsExactly("ann");
	}

	@Test
	void everyCallHasAContextOfItsOwn() {
		WsSession ann = sessionOf("ann");
		List<SecurityContext> contexts = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			call(ann, () -> contexts.add(SecurityContextHolder.getContext()));
		}
		assertThat(contexts).satisfiesExactly((first) -> assertThat(first).isNotSameAs(contexts.get(1)),
				(second) -> assertThat(second).isNotSameAs(contexts.get(2)), (third) -> {
				});
	}

	@Test
	void aNestedCallbackLeavesTheOuterOneItsContext() {
		WsSession ann = sessionOf("ann");
		WsSession bob = sessionOf("bob");
		List<String> seen = new ArrayList<>();
		call(ann, () -> {
			seen.add(name());
			call(bob, () -> seen.add(name()));
			seen.add(name());
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> call(bob, () -> {
				throw new UnsupportedOperationException();
			}));
			seen.add(name());
			call(bob, SecurityContextHolder::clearContext);
			seen.add(name());
			call(bob, () -> SecurityContextHolder.getContext().setAuthentication(ADMIN));
			seen.add(name());
		});
		assertThat(seen).containsExactly("ann", "bob", "ann", "ann", "ann", "ann");
		assertThat(name()).isEqualTo("-");
	}

	@Test
	void aThreadThatHadAContextHasItAgain() {
		SecurityContext before = new SecurityContextImpl(ADMIN);
		SecurityContextHolder.setContext(before);
		call(sessionOf("ann"), () -> assertThat(name()).isEqualTo("ann"));
		assertThat(SecurityContextHolder.getContext()).isSameAs(before);
	}

	@Test
	void aDecisionAboutAHandshakeLeavesTheThreadItsContext() {
		SecurityContext before = new SecurityContextImpl(ADMIN);
		SecurityContextHolder.setContext(before);
		Authentication ann = new TestingAuthenticationToken("ann", null);
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.sessions.within(ann, () -> {
			assertThat(name()).isEqualTo("ann");
			throw new IllegalStateException();
		}));
		assertThat(SecurityContextHolder.getContext()).isSameAs(before);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { SecurityContextHolder.MODE_THREADLOCAL, SecurityContextHolder.MODE_INHERITABLETHREADLOCAL })
	void nothingIsLeftOnTheThread(String mode) throws Exception {
		SecurityContextHolder.setStrategyName(mode);
		SecuredSessions secured = new SecuredSessions(SecurityContextHolder.getContextHolderStrategy(),
				CloseStatus.POLICY_VIOLATION, Clock.systemUTC());
		SecurityContextInterceptor around = new SecurityContextInterceptor(secured);
		WsSession ann = sessionOf("ann");
		List<SecurityContext> contexts = new ArrayList<>();
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> around.intercept(ann, HandlerCallback.TEXT, "x", (session, callback, argument) -> {
				contexts.add(SecurityContextHolder.getContext());
				throw new IllegalStateException();
			}));
		assertThat(name()).isEqualTo("-");
		assertThat(SecurityContextHolder.getContext()).isNotSameAs(contexts.get(0));
	}

	@Test
	void oneContextForAllThreadsIsRefused() {
		SecurityContextHolder.setStrategyName(SecurityContextHolder.MODE_GLOBAL);
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> new SecuredSessions(SecurityContextHolder.getContextHolderStrategy(),
					CloseStatus.POLICY_VIOLATION, Clock.systemUTC()))
			.withMessageContaining("MODE_GLOBAL");
	}

	@Test
	void aHandlerMayClearTheAttributesOfItsSession() {
		WsSession ann = sessionOf("ann");
		ann.attributes().clear();
		call(ann, () -> assertThat(name()).isEqualTo("ann"));
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(10, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void await(Future<?> future) {
		try {
			future.get(10, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
