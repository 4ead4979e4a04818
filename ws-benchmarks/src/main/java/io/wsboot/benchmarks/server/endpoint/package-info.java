/**
 * A Spring Boot application with the starter, Tomcat beside it, actuator and meters.
 * Imports {@code io.wsboot} and its annotations.
 */
@NullMarked
package io.wsboot.benchmarks.server.endpoint;

import org.jspecify.annotations.NullMarked;
