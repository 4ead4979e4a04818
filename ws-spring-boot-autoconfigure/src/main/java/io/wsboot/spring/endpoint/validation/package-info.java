/**
 * Validates the payloads, arguments and return values of callbacks with Bean Validation
 * and Spring's validators. Imports {@link io.wsboot.spring.endpoint.method} only; two
 * classes need the API of Bean Validation, which is optional.
 */
@NullMarked
package io.wsboot.spring.endpoint.validation;

import org.jspecify.annotations.NullMarked;
