@NullMarked
package io.wsboot.spring.security;

import org.jspecify.annotations.NullMarked;
