@NullMarked
package io.wsboot.spring.tomcat;

import org.jspecify.annotations.NullMarked;
