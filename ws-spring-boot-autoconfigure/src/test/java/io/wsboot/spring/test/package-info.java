@NullMarked
package io.wsboot.spring.test;

import org.jspecify.annotations.NullMarked;
