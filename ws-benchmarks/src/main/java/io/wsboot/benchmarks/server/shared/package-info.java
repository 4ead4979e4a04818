/** Applications whose endpoints share the port of another web server than Tomcat. */
@NullMarked
package io.wsboot.benchmarks.server.shared;

import org.jspecify.annotations.NullMarked;
