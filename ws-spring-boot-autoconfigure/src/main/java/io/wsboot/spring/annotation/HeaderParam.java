package io.wsboot.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter that takes a header field of the handshake, converted by Spring's
 * conversion service. Fields that are sent more than once, maps of all fields and missing
 * ones are dealt with as {@link QueryParam} says; in maps the case of names makes no
 * difference.
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
