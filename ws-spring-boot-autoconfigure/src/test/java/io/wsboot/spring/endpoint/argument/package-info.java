@NullMarked
package io.wsboot.spring.endpoint.argument;

import org.jspecify.annotations.NullMarked;
