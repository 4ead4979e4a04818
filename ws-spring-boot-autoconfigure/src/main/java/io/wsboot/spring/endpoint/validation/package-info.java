/**
 * What Bean Validation and Spring's validators have to say of payloads, arguments and
 * return values of callbacks. Imports {@link io.wsboot.spring.endpoint.method} only; the
 * API of Bean Validation, which is optional, in two classes.
 */
@NullMarked
package io.wsboot.spring.endpoint.validation;

import org.jspecify.annotations.NullMarked;
