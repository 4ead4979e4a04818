package io.wsboot.spring.tomcat;

import java.nio.ByteBuffer;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

import org.apache.tomcat.util.net.SSLUtil;
import org.jspecify.annotations.Nullable;

/**
 * An engine of the JDK that tells Tomcat's own {@link SSLUtil.ProtocolInfo}, as those of
 * OpenSSL do.
 */
final class EngineLikeOpenSsl extends SSLEngine implements SSLUtil.ProtocolInfo {

	private final SSLEngine jdk;

	EngineLikeOpenSsl(SSLEngine jdk) {
		this.jdk = jdk;
	}

	@Override
	public @Nullable String getNegotiatedProtocol() {
		return null;
	}

	@Override
	public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer into) throws SSLException {
		return this.jdk.wrap(from, offset, length, into);
	}

	@Override
	public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] into, int offset, int length) throws SSLException {
		return this.jdk.unwrap(from, into, offset, length);
	}

	@Override
	public @Nullable Runnable getDelegatedTask() {
		return this.jdk.getDelegatedTask();
	}

	@Override
	public void closeInbound() throws SSLException {
		this.jdk.closeInbound();
	}

	@Override
	public boolean isInboundDone() {
		return this.jdk.isInboundDone();
	}

	@Override
	public void closeOutbound() {
		this.jdk.closeOutbound();
	}

	@Override
	public boolean isOutboundDone() {
		return this.jdk.isOutboundDone();
	}

	@Override
	public String[] getSupportedCipherSuites() {
		return this.jdk.getSupportedCipherSuites();
	}

	@Override
	public String[] getEnabledCipherSuites() {
		return this.jdk.getEnabledCipherSuites();
	}

	@Override
	public void setEnabledCipherSuites(String[] suites) {
		this.jdk.setEnabledCipherSuites(suites);
	}

	@Override
	public String[] getSupportedProtocols() {
		return this.jdk.getSupportedProtocols();
	}

	@Override
	public String[] getEnabledProtocols() {
		return this.jdk.getEnabledProtocols();
	}

	@Override
	public void setEnabledProtocols(String[] protocols) {
		this.jdk.setEnabledProtocols(protocols);
	}

	@Override
	public SSLParameters getSSLParameters() {
		return this.jdk.getSSLParameters();
	}

	@Override
	public void setSSLParameters(SSLParameters parameters) {
		this.jdk.setSSLParameters(parameters);
	}

	@Override
	public SSLSession getSession() {
		return this.jdk.getSession();
	}

	@Override
	public @Nullable SSLSession getHandshakeSession() {
		return this.jdk.getHandshakeSession();
	}

	@Override
	public void beginHandshake() throws SSLException {
		this.jdk.beginHandshake();
	}

	@Override
	public HandshakeStatus getHandshakeStatus() {
		return this.jdk.getHandshakeStatus();
	}

	@Override
	public void setUseClientMode(boolean mode) {
		this.jdk.setUseClientMode(mode);
	}

	@Override
	public boolean getUseClientMode() {
		return this.jdk.getUseClientMode();
	}

	@Override
	public void setNeedClientAuth(boolean need) {
		this.jdk.setNeedClientAuth(need);
	}

	@Override
	public boolean getNeedClientAuth() {
		return this.jdk.getNeedClientAuth();
	}

	@Override
	public void setWantClientAuth(boolean want) {
		this.jdk.setWantClientAuth(want);
	}

	@Override
	public boolean getWantClientAuth() {
		return this.jdk.getWantClientAuth();
	}

	@Override
	public void setEnableSessionCreation(boolean flag) {
		this.jdk.setEnableSessionCreation(flag);
	}

	@Override
	public boolean getEnableSessionCreation() {
		return this.jdk.getEnableSessionCreation();
	}

}
