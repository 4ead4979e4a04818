/**
 * The server's life inside an application context: when it starts and stops, what is told
 * of it, and views of it that beans can hold before it runs. Imports {@link io.wsboot}
 * and {@link io.wsboot.server}.
 */
@NullMarked
package io.wsboot.spring.context;

import org.jspecify.annotations.NullMarked;
