/**
 * A Spring Boot application with Spring's own WebSocket support on Tomcat, actuator and
 * meters. Imports nothing of ours.
 */
@NullMarked
package io.wsboot.benchmarks.server.spring;

import org.jspecify.annotations.NullMarked;
