package io.wsboot.docs.endpoints;

import io.wsboot.docs.endpoints.CsvConverter.Row;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.WsEndpoint;

@WsEndpoint("/table")
class TableEndpoint {

	@OnOpen
	String opened(Account account) {
		return account.name();
	}

	@OnMessage
	Row first(Row row) {
		return new Row(row.cells().subList(0, 1));
	}

}
