package io.wsboot.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter that takes the decoded value of a variable of the endpoint's path,
 * converted by Spring's conversion service: a list takes the elements of a value with
 * commas. A {@code Map<String, String>} without name takes all variables.
 */
@Target({ ElementType.PARAMETER, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface PathParam {

	/**
	 * The name; by default that of the parameter.
	 * @return the name
	 */
	String value() default "";

}
