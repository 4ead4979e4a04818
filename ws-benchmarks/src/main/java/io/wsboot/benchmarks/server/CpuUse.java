package io.wsboot.benchmarks.server;

import java.lang.reflect.Modifier;
import java.util.Locale;

import jdk.jfr.consumer.RecordedMethod;

/** What a thread of a server is at when it uses a processor. */
public enum CpuUse {

	/** Inside the system call that writes to a socket, which on loopback delivers too. */
	WRITE,

	/** Inside the system call that reads from a socket. */
	READ,

	/** Inside the system call that waits for sockets to be ready. */
	SELECT,

	/** Inside other native methods: accept, close, and the like. */
	OTHER_CALLS,

	/** In Java code of the JDK. */
	JDK,

	/** In Java code of the server, its libraries, and the echo. */
	OWN;

	/** By the innermost frame of a stack. */
	static CpuUse of(RecordedMethod method) {
		String name = method.getName().toLowerCase(Locale.ROOT);
		if (!Modifier.isNative(method.getModifiers())) {
			return method.getType().getName().matches("(java|javax|jdk|sun|com\\.sun)\\..*") ? JDK : OWN;
		}
		if (name.startsWith("write") || name.startsWith("send")) {
			return WRITE;
		}
		if (name.startsWith("read") || name.startsWith("recv")) {
			return READ;
		}
		return (name.contains("wait") || name.startsWith("poll")) ? SELECT : OTHER_CALLS;
	}

}
