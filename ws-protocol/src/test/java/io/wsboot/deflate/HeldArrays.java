package io.wsboot.deflate;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;

/**
 * Counts the bytes in the arrays that an object's own fields hold.
 */
final class HeldArrays {

	private HeldArrays() {
	}

	static long of(Object object) {
		long held = 0;
		for (Field field : object.getClass().getDeclaredFields()) {
			if (field.getType() == byte[].class && !Modifier.isStatic(field.getModifiers())) {
				held += array(field, object).length;
			}
		}
		return held;
	}

	private static byte[] array(Field field, Object object) {
		try {
			field.setAccessible(true);
			return (byte[]) field.get(object);
		}
		catch (IllegalAccessException ex) {
			throw new AssertionError(ex);
		}
	}

}
