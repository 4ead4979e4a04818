package io.wsboot.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter that takes a query parameter of the handshake, converted by Spring's
 * conversion service. If the client did not send it: empty for
 * {@link java.util.Optional}, {@code null} for a parameter that is {@code @Nullable}, the
 * default argument of a Kotlin function; else the handshake is refused with 400, as it is
 * for a value that is not of the type, or breaks a constraint.
 * <p>
 * A {@code List}, {@code Set}, {@code Collection} or array takes all values of a query
 * parameter that is sent more than once, or the elements of one value with commas. Where
 * one value is taken of several, a {@code String} is all of them with commas between, and
 * any other type the first, as in Spring MVC. A {@code Map<String, String>} without name
 * takes the first value of each query parameter, a {@code MultiValueMap<String, String>}
 * all values.
 */
@Target({ ElementType.PARAMETER, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface QueryParam {

	/**
	 * The name; by default that of the parameter, and all of them for a map.
	 * @return the name
	 */
	String value() default "";

}
