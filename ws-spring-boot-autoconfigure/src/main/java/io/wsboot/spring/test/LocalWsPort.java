package io.wsboot.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.beans.factory.annotation.Value;

/**
 * Takes the port that the WebSocket server is bound to, which with
 * {@code ws.server.port=0} is known only when it runs: for fields and parameters of
 * {@code @SpringBootTest} classes. A bean of the application is created too early for it;
 * there, listen to {@code WsServerStartedEvent}.
 */
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Value("${local.ws.port}")
public @interface LocalWsPort {

}
