package io.wsboot.protocol;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Counts the bytes that a conversation holds of what it has received: the size of every
 * array and buffer that can be reached from it through our own classes, but for the
 * memory that it shares with others.
 */
final class HeldMemory {

	private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

	private long bytes;

	private HeldMemory() {
	}

	static long of(ServerProtocol protocol, Scratch shared) {
		HeldMemory memory = new HeldMemory();
		Collections.addAll(memory.seen, shared, shared.message, shared.control, shared.compressed, shared.inflaters());
		memory.visit(protocol);
		return memory.bytes;
	}

	private void visit(Object object) {
		if (object == null || !this.seen.add(object)) {
			return;
		}
		if (object instanceof byte[] array) {
			this.bytes += array.length;
		}
		else if (object instanceof ByteBuffer buffer) {
			this.bytes += buffer.capacity();
		}
		else if (object.getClass().getName().startsWith("io.wsboot.") && !(object instanceof ProtocolListener)
				&& !(object instanceof Enum<?>)) {
			for (Field field : object.getClass().getDeclaredFields()) {
				if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
					visit(valueOf(field, object));
				}
			}
		}
	}

	private static Object valueOf(Field field, Object object) {
		try {
			field.setAccessible(true);
			return field.get(object);
		}
		catch (IllegalAccessException ex) {
			throw new AssertionError(ex);
		}
	}

}
