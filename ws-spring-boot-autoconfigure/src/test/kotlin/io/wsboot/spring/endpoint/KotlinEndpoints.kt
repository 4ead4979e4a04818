package io.wsboot.spring.endpoint

import io.wsboot.spring.annotation.HeaderParam
import io.wsboot.spring.annotation.OnError
import io.wsboot.spring.annotation.OnHandshake
import io.wsboot.spring.annotation.OnMessage
import io.wsboot.spring.annotation.OnOpen
import io.wsboot.spring.annotation.QueryParam
import io.wsboot.spring.annotation.WsEndpoint
import java.util.concurrent.CompletableFuture
import org.springframework.scheduling.annotation.Async

data class KotlinLine @com.fasterxml.jackson.annotation.JsonCreator constructor(
	@param:com.fasterxml.jackson.annotation.JsonProperty("text") val text: String
)

@JvmInline
value class PageSize(val value: Int)

@WsEndpoint("/")
class KotlinDefaults {

	@OnOpen
	fun opened(@QueryParam name: String = "stranger", @QueryParam tag: List<String> = listOf("none")): String =
		"welcome $name $tag"

	@OnMessage
	fun said(text: String, @QueryParam limit: Int = 5, @QueryParam required: Int, @HeaderParam exact: Boolean = true): String =
		"$text limit $limit required $required exact $exact"

	@OnError
	internal fun failed(ex: IllegalStateException, @QueryParam prefix: String = "failed"): String = "$prefix: ${ex.message}"

}

interface KotlinDeclares {

	fun said(text: String, @QueryParam limit: Int = 5): String

}

@WsEndpoint("/")
class KotlinInherits : KotlinDeclares {

	@OnMessage
	override fun said(text: String, limit: Int): String = "$text limit $limit"

}

@WsEndpoint("/")
class KotlinThrows {

	@OnMessage
	fun said(text: String, @QueryParam limit: Int = 5): String = throw IllegalStateException("$text $limit")

}

@WsEndpoint("/")
class KotlinNullable {

	@OnMessage
	fun said(line: KotlinLine?, @QueryParam name: String?, @QueryParam other: String? = "other"): String = "$line $name $other"

}

@WsEndpoint("/")
class KotlinDefaultPayload {

	@OnMessage
	fun said(line: KotlinLine = KotlinLine("default")): String = line.text

}

@WsEndpoint("/")
class KotlinValueClass {

	@OnMessage
	fun said(text: String, @QueryParam size: PageSize, @QueryParam page: Int = 3): String = "$text ${size.value} $page"

}

@WsEndpoint("/")
class KotlinHandshake {

	@OnHandshake
	fun judge(@QueryParam version: Int = 2): Boolean = version == 2

}

@WsEndpoint("/")
open class KotlinProxied {

	private var count = 0

	@Async
	open fun audit() {
	}

	@OnMessage
	open fun said(text: String, @QueryParam step: Int = 2): Int {
		this.count += step
		return this.count
	}

}

@WsEndpoint("/")
open class KotlinFinalMethod {

	@Async
	open fun audit() {
	}

	@OnMessage
	fun said(text: String, @QueryParam step: Int = 2): Int = step

}

@WsEndpoint("/")
class KotlinUnit {

	@OnMessage
	fun said(text: String): Any? = Unit

	@OnOpen
	fun opened(): CompletableFuture<Unit> = CompletableFuture.completedFuture(Unit)

}

@WsEndpoint("/")
class KotlinSuspending {

	@OnMessage
	suspend fun said(text: String): String = text

}
