package io.wsboot.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a parameter of a callback to the decoded value of a variable of the endpoint's
 * path. Spring's conversion service converts the value; a list takes the comma-separated
 * elements of the value. A {@code Map<String, String>} without a name takes all
 * variables.
 */
@Target({ ElementType.PARAMETER, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface PathParam {

	/**
	 * The name of the variable. The default is the name of the parameter.
	 * @return the name
	 */
	String value() default "";

}
