package io.wsboot.docs;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.wsboot.spring.context.WsSessionClosedEvent;
import io.wsboot.spring.context.WsSessionOpenedEvent;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

@Component
class Presence {

	private final Set<String> online = ConcurrentHashMap.newKeySet();

	@EventListener
	void opened(WsSessionOpenedEvent event) {
		this.online.add(event.session().id());
	}

	@EventListener
	void closed(WsSessionClosedEvent event) {
		this.online.remove(event.session().id());
	}

}
