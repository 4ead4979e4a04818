package io.wsboot.spring.endpoint.reply;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;

/**
 * The first value that a publisher yields, null if it yields none.
 */
public final class FirstValue implements Flow.Subscriber<Object> {

	private final CompletableFuture<@Nullable Object> result = new CompletableFuture<>();

	private FirstValue() {
	}

	public static CompletableFuture<@Nullable Object> of(Flow.Publisher<?> publisher) {
		FirstValue first = new FirstValue();
		publisher.subscribe(first);
		return first.result;
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		subscription.request(1);
	}

	@Override
	public void onNext(Object value) {
		this.result.complete(value);
	}

	@Override
	public void onError(Throwable error) {
		this.result.completeExceptionally(error);
	}

	@Override
	public void onComplete() {
		this.result.complete(null);
	}

}
