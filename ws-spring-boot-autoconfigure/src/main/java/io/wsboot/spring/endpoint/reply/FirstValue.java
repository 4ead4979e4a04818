package io.wsboot.spring.endpoint.reply;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;

/**
 * Completes a future with the first value of a publisher, or with null if the publisher
 * completes without a value.
 */
public final class FirstValue implements Flow.Subscriber<Object> {

	private final CompletableFuture<@Nullable Object> result = new CompletableFuture<>();

	private FirstValue() {
	}

	/**
	 * Subscribes to a publisher.
	 * @param publisher the publisher
	 * @return a future of the first value
	 */
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
