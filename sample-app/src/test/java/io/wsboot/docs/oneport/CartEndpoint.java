package io.wsboot.docs.oneport;

import io.wsboot.WsSession;
import io.wsboot.spring.annotation.OnOpen;
import io.wsboot.spring.annotation.WsEndpoint;

@WsEndpoint("/cart")
class CartEndpoint {

	@OnOpen
	String opened(WsSession session) {
		return "In your cart: " + session.attributes().get("cart");
	}

}
