@NullMarked
package io.wsboot.spring.jetty;

import org.jspecify.annotations.NullMarked;
