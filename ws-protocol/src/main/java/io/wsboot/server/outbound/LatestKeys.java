package io.wsboot.server.outbound;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.wsboot.server.loop.ForeignCode;
import org.jspecify.annotations.Nullable;

/**
 * Finds the one {@link LatestKey} of all equal keys. {@code hashCode} and {@code equals}
 * of a key are foreign code, which may block, throw or send. Only the sender calls them,
 * before anything is queued and without any lock. The garbage collector forgets a key
 * that no message refers to any more. Any thread.
 */
public final class LatestKeys {

	/** Entries by their {@link #bucket}. */
	private final ConcurrentMap<Object, Entry> buckets = new ConcurrentHashMap<>();

	private final ReferenceQueue<LatestKey> forgotten = new ReferenceQueue<>();

	/** Finds or makes the one object for a key. */
	public LatestKey of(Object key) {
		assert ForeignCode.isAllowed();
		forget();
		Object bucket = bucket(key);
		while (true) {
			Entry first = this.buckets.get(bucket);
			LatestKey known = find(key, first);
			if (known != null) {
				return known;
			}
			LatestKey added = new LatestKey(key);
			Entry entry = new Entry(added, bucket, first, this.forgotten);
			if ((first == null) ? this.buckets.putIfAbsent(bucket, entry) == null
					: this.buckets.replace(bucket, first, entry)) {
				return added;
			}
		}
	}

	/**
	 * Keys with the same hash share a bucket. Strings have a bucket each, as a client may
	 * have chosen them, and the map copes with any number of strings with equal hashes.
	 */
	private static Object bucket(Object key) {
		return (key instanceof String) ? key : Integer.valueOf(key.hashCode());
	}

	private static @Nullable LatestKey find(Object key, @Nullable Entry first) {
		for (Entry entry = first; entry != null; entry = entry.next) {
			LatestKey known = entry.get();
			if (known != null && key.equals(known.key())) {
				return known;
			}
		}
		return null;
	}

	/** How many buckets there are. For tests. */
	int size() {
		forget();
		return this.buckets.size();
	}

	private void forget() {
		for (Reference<?> gone = this.forgotten.poll(); gone != null; gone = this.forgotten.poll()) {
			this.buckets.computeIfPresent(((Entry) gone).bucket, (bucket, first) -> first.withoutForgotten());
		}
	}

	/** A key, and the keys of the same bucket that came before. Immutable. */
	private static final class Entry extends WeakReference<LatestKey> {

		private final Object bucket;

		private final @Nullable Entry next;

		private final ReferenceQueue<LatestKey> queue;

		Entry(LatestKey key, Object bucket, @Nullable Entry next, ReferenceQueue<LatestKey> queue) {
			super(key, queue);
			this.bucket = bucket;
			this.next = next;
			this.queue = queue;
		}

		/** The entries from this one on that are not forgotten; null if all are. */
		@Nullable Entry withoutForgotten() {
			Entry left = null;
			for (Entry entry = this; entry != null; entry = entry.next) {
				LatestKey key = entry.get();
				if (key != null) {
					left = new Entry(key, this.bucket, left, this.queue);
				}
			}
			return left;
		}

	}

}
