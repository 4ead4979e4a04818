package io.wsboot.benchmarks.server.endpoint;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application. */
@SpringBootApplication
public class EndpointApplication {

}
