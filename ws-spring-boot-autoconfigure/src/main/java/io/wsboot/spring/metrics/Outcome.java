package io.wsboot.spring.metrics;

/**
 * How something ended, as Spring's own meters say it.
 */
enum Outcome {

	SUCCESS, CLIENT_ERROR, SERVER_ERROR, ERROR;

	static Outcome ofStatus(int status) {
		if (status < 400) {
			return SUCCESS;
		}
		return (status < 500) ? CLIENT_ERROR : SERVER_ERROR;
	}

}
