package io.wsboot.docs.endpoints;

import java.util.stream.Collectors;

import io.wsboot.spring.annotation.OnError;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;

import org.springframework.validation.BindException;

@WsEndpoint("/orders")
class OrderEndpoint {

	@OnMessage
	String ordered(@Valid Order order) {
		return "ordered " + order.article();
	}

	@OnError
	String invalid(BindException ex) {
		return ex.getFieldErrors()
			.stream()
			.map((error) -> error.getField() + " " + error.getDefaultMessage())
			.sorted()
			.collect(Collectors.joining(", "));
	}

	record Order(@NotBlank String article, @Max(100) int count) {
	}

}
