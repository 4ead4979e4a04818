package io.wsboot.spring.metrics;

/** The values of the tag {@code outcome}, as Spring's own meters name them. */
enum Outcome {

	SUCCESS, CLIENT_ERROR, SERVER_ERROR, ERROR;

	static Outcome ofStatus(int status) {
		if (status < 400) {
			return SUCCESS;
		}
		return (status < 500) ? CLIENT_ERROR : SERVER_ERROR;
	}

}
