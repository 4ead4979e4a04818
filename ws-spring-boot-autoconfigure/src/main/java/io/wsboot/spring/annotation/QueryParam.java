package io.wsboot.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a parameter of a callback to a query parameter of the handshake. Spring's
 * conversion service converts the value.
 * <p>
 * If the client did not send the query parameter, an {@link java.util.Optional} is empty,
 * a {@code @Nullable} parameter is {@code null}, and a Kotlin parameter takes its default
 * argument; otherwise the handshake is refused with 400. A value that cannot be
 * converted, or that breaks a constraint, is refused with 400 too.
 * <p>
 * A {@code List}, {@code Set}, {@code Collection} or array takes all values of a repeated
 * query parameter, or the comma-separated elements of a single value. Any other type
 * takes one value, as in Spring MVC: a {@code String} is all values joined with commas,
 * other types take the first value. A {@code Map<String, String>} without a name takes
 * the first value of each query parameter, a {@code MultiValueMap<String, String>} all
 * values.
 */
@Target({ ElementType.PARAMETER, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface QueryParam {

	/**
	 * The name of the query parameter. The default is the name of the parameter; a map
	 * without a name takes all query parameters.
	 * @return the name
	 */
	String value() default "";

}
