package io.wsboot.spring.context;

/**
 * The port of the application's web server, which may be shared. Any thread may call all
 * methods.
 */
public interface SharedPort {

	/**
	 * Tells whether the port can be shared. The answer is final once the web server has
	 * been created, which is when the context is refreshed, before beans are.
	 * @return false if there is no web server, or none that can hand connections over
	 */
	boolean isAvailable();

	/**
	 * Returns the port, once the web server has started.
	 * @return 1 to 65535; -1 if the web server does not listen on a TCP port
	 */
	int port();

	/**
	 * Tells whether the web server encrypts connections.
	 * @return true for {@code https} and {@code wss}
	 */
	boolean isSecure();

	/**
	 * Returns what precedes the paths of endpoints in the web server's URLs.
	 * @return a path such as {@code /app}, or an empty string
	 */
	String contextPath();

}
