@NullMarked
package io.wsboot.spring.endpoint.convert;

import org.jspecify.annotations.NullMarked;
