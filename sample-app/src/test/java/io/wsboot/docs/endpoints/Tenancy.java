package io.wsboot.docs.endpoints;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.wsboot.spring.annotation.HeaderParam;
import io.wsboot.spring.annotation.OnMessage;
import io.wsboot.spring.annotation.WsEndpoint;

import org.springframework.core.annotation.AliasFor;

class Tenancy {

	@WsEndpoint(maxMessageSize = "16KB")
	@Target(ElementType.TYPE)
	@Retention(RetentionPolicy.RUNTIME)
	@interface SmallEndpoint {

		@AliasFor(annotation = WsEndpoint.class, attribute = "path")
		String value();

	}

	@HeaderParam("X-Tenant")
	@Target(ElementType.PARAMETER)
	@Retention(RetentionPolicy.RUNTIME)
	@interface Tenant {

	}

	@SmallEndpoint("/tenant")
	static class TenantEndpoint {

		@OnMessage
		String said(String text, @Tenant String tenant) {
			return tenant + " says " + text;
		}

	}

}
