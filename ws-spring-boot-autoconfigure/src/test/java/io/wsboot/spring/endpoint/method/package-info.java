@NullMarked
package io.wsboot.spring.endpoint.method;

import org.jspecify.annotations.NullMarked;
