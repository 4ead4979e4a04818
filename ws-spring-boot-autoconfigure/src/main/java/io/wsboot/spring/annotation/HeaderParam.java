package io.wsboot.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter that takes the first value of a header field of the handshake, converted by
 * Spring's conversion service. If the client did not send it: empty for
 * {@link java.util.Optional}, {@code null} for a parameter that is {@code @Nullable};
 * else the handshake is refused with 400.
 */
@Target({ ElementType.PARAMETER, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface HeaderParam {

	/**
	 * The name, in any case of letters; by default that of the parameter.
	 * @return the name
	 */
	String value() default "";

}
