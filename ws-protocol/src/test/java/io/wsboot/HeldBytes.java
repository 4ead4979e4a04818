package io.wsboot;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import io.wsboot.protocol.HandshakeListener;
import io.wsboot.protocol.ProtocolListener;

/**
 * Counts the bytes that an object holds: the size of every array and buffer that can be
 * reached from it through our own classes, but for what it shares with others. Who
 * listens to it is not looked at.
 */
public final class HeldBytes {

	private static final ClassValue<List<Field>> REFERENCES = new ClassValue<>() {

		@Override
		protected List<Field> computeValue(Class<?> type) {
			return Arrays.stream(type.getDeclaredFields())
				.filter((field) -> !field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers()))
				.peek((field) -> field.setAccessible(true))
				.toList();
		}

	};

	private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

	private long bytes;

	private HeldBytes(Object... shared) {
		Collections.addAll(this.seen, shared);
	}

	/**
	 * Counts.
	 * @param object what to begin with
	 * @param shared objects that are not looked at
	 */
	public static long of(Object object, Object... shared) {
		HeldBytes held = new HeldBytes(shared);
		held.visit(object);
		return held.bytes;
	}

	private void visit(Object object) {
		if (object instanceof byte[] array) {
			this.bytes += this.seen.add(array) ? array.length : 0;
		}
		else if (object instanceof ByteBuffer buffer) {
			this.bytes += this.seen.add(buffer) ? buffer.capacity() : 0;
		}
		else if (object != null && !(object instanceof Enum<?>) && !(object instanceof HandshakeListener)
				&& !(object instanceof ProtocolListener) && object.getClass().getName().startsWith("io.wsboot.")
				&& this.seen.add(object)) {
			for (Field field : REFERENCES.get(object.getClass())) {
				visit(valueOf(field, object));
			}
		}
	}

	private static Object valueOf(Field field, Object object) {
		try {
			return field.get(object);
		}
		catch (IllegalAccessException ex) {
			throw new AssertionError(ex);
		}
	}

}
