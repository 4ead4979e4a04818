package io.wsboot.docs.endpoints;

import java.util.List;

import io.wsboot.Message;
import io.wsboot.spring.endpoint.convert.WsMessageConverter;

import org.springframework.core.ResolvableType;
import org.springframework.stereotype.Component;

@Component
class CsvConverter implements WsMessageConverter {

	@Override
	public boolean supports(ResolvableType type) {
		return type.resolve() == Row.class;
	}

	@Override
	public boolean isBinary() {
		return false;
	}

	@Override
	public Row read(Message message, ResolvableType type) {
		return new Row(List.of(((Message.Text) message).text().split(";")));
	}

	@Override
	public Message write(Object payload) {
		return Message.text(String.join(";", ((Row) payload).cells()));
	}

	record Row(List<String> cells) {
	}

}
