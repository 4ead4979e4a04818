package io.wsboot.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.beans.factory.annotation.Value;

/**
 * Injects the port that clients of the WebSocket server use, into fields and parameters
 * of {@code @SpringBootTest} classes: the port of the server's own listener if there is
 * one, else the port of the web server, where the endpoints are below the context path.
 * The port is known only when the server runs, and beans of the application are created
 * before that; beans listen to {@code WsServerStartedEvent} instead.
 */
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Value("${local.ws.port}")
public @interface LocalWsPort {

}
