package io.wsboot.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a parameter of a callback to a header field of the handshake. Spring's conversion
 * service converts the value. Repeated fields, maps of all fields and missing fields are
 * treated as {@link QueryParam} describes for query parameters; the keys of such maps
 * ignore case.
 */
@Target({ ElementType.PARAMETER, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface HeaderParam {

	/**
	 * The name of the header field, in any case of letters. The default is the name of
	 * the parameter.
	 * @return the name
	 */
	String value() default "";

}
