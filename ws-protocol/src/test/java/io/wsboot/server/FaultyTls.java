package io.wsboot.server;

import java.nio.ByteBuffer;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

import org.jspecify.annotations.Nullable;

/**
 * The JDK's TLS, whose engines tell before each call what they are about to do, so that
 * whoever hears it may throw. Engines are numbered from 0.
 */
final class FaultyTls extends SSLContext {

	/** Is told of {@code make}, {@code wrap}, {@code unwrap} and {@code task}. */
	FaultyTls(SSLContext real, Calls calls) {
		super(new Spi(real, calls), real.getProvider(), real.getProtocol());
	}

	/** Is told before each call. */
	@FunctionalInterface
	interface Calls {

		void before(String call, int engine);

	}

	private static final class Spi extends SSLContextSpi {

		private final SSLContext real;

		private final Calls calls;

		private final AtomicInteger engines = new AtomicInteger();

		Spi(SSLContext real, Calls calls) {
			this.real = real;
			this.calls = calls;
		}

		@Override
		protected SSLEngine engineCreateSSLEngine(String host, int port) {
			int number = this.engines.getAndIncrement();
			this.calls.before("make", number);
			return new Engine(this.real.createSSLEngine(host, port), (call) -> this.calls.before(call, number));
		}

		@Override
		protected SSLEngine engineCreateSSLEngine() {
			return engineCreateSSLEngine("", 0);
		}

		@Override
		protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
				throws KeyManagementException {
			throw new KeyManagementException("it is initialised already");
		}

		@Override
		protected SSLSocketFactory engineGetSocketFactory() {
			throw new UnsupportedOperationException();
		}

		@Override
		protected SSLServerSocketFactory engineGetServerSocketFactory() {
			throw new UnsupportedOperationException();
		}

		@Override
		protected SSLSessionContext engineGetServerSessionContext() {
			return this.real.getServerSessionContext();
		}

		@Override
		protected SSLSessionContext engineGetClientSessionContext() {
			return this.real.getClientSessionContext();
		}

	}

	private static final class Engine extends SSLEngine {

		private final SSLEngine real;

		private final Consumer<String> calls;

		Engine(SSLEngine real, Consumer<String> calls) {
			this.real = real;
			this.calls = calls;
		}

		@Override
		public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer into) throws SSLException {
			this.calls.accept("wrap");
			return this.real.wrap(from, offset, length, into);
		}

		@Override
		public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] into, int offset, int length) throws SSLException {
			this.calls.accept("unwrap");
			return this.real.unwrap(from, into, offset, length);
		}

		@Override
		public @Nullable Runnable getDelegatedTask() {
			Runnable task = this.real.getDelegatedTask();
			return (task == null) ? null : () -> {
				this.calls.accept("task");
				task.run();
			};
		}

		@Override
		public void closeInbound() throws SSLException {
			this.real.closeInbound();
		}

		@Override
		public boolean isInboundDone() {
			return this.real.isInboundDone();
		}

		@Override
		public void closeOutbound() {
			this.real.closeOutbound();
		}

		@Override
		public boolean isOutboundDone() {
			return this.real.isOutboundDone();
		}

		@Override
		public String[] getSupportedCipherSuites() {
			return this.real.getSupportedCipherSuites();
		}

		@Override
		public String[] getEnabledCipherSuites() {
			return this.real.getEnabledCipherSuites();
		}

		@Override
		public void setEnabledCipherSuites(String[] suites) {
			this.real.setEnabledCipherSuites(suites);
		}

		@Override
		public String[] getSupportedProtocols() {
			return this.real.getSupportedProtocols();
		}

		@Override
		public String[] getEnabledProtocols() {
			return this.real.getEnabledProtocols();
		}

		@Override
		public void setEnabledProtocols(String[] protocols) {
			this.real.setEnabledProtocols(protocols);
		}

		@Override
		public SSLSession getSession() {
			return this.real.getSession();
		}

		@Override
		public void beginHandshake() throws SSLException {
			this.real.beginHandshake();
		}

		@Override
		public HandshakeStatus getHandshakeStatus() {
			return this.real.getHandshakeStatus();
		}

		@Override
		public void setUseClientMode(boolean mode) {
			this.real.setUseClientMode(mode);
		}

		@Override
		public boolean getUseClientMode() {
			return this.real.getUseClientMode();
		}

		@Override
		public void setNeedClientAuth(boolean need) {
			this.real.setNeedClientAuth(need);
		}

		@Override
		public boolean getNeedClientAuth() {
			return this.real.getNeedClientAuth();
		}

		@Override
		public void setWantClientAuth(boolean want) {
			this.real.setWantClientAuth(want);
		}

		@Override
		public boolean getWantClientAuth() {
			return this.real.getWantClientAuth();
		}

		@Override
		public void setEnableSessionCreation(boolean flag) {
			this.real.setEnableSessionCreation(flag);
		}

		@Override
		public boolean getEnableSessionCreation() {
			return this.real.getEnableSessionCreation();
		}

		@Override
		public SSLParameters getSSLParameters() {
			return this.real.getSSLParameters();
		}

		@Override
		public void setSSLParameters(SSLParameters parameters) {
			this.real.setSSLParameters(parameters);
		}

	}

}
